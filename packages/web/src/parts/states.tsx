// States: what stands where content would: loading, empty, failed, forbidden, partial.

import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleDashed, IconEyeOff, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiFailure } from '../data/client.ts'
import styles from './states.module.css'

/** Grey bars in the shape of what comes, shown only where it takes longer than an eye notices. */
export const Loading = ({
  rows = 6,
  label = 'Loading',
}: {
  readonly rows?: number
  readonly label?: string
}) => (
  <div className={styles.loading} role="status" aria-label={label}>
    {Array.from({ length: rows }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never change places
      <span key={index} style={{ width: `${92 - ((index * 37) % 45)}%` }} />
    ))}
  </div>
)

interface StateProps {
  readonly title: string
  readonly children?: ReactNode
  /** What can be done about it. */
  readonly action?: ReactNode
}

/** Nothing is there, which is an answer: says why, and what one might do. */
export const Empty = ({ title, children, action }: StateProps) => (
  <div className={styles.state}>
    <strong>{title}</strong>
    {children && <p>{children}</p>}
    {action}
  </div>
)

/** Something failed: says what, in the server's sentence, and lets one try again. What is not permitted or not seen is told apart. */
export function Failure({
  error,
  retry,
}: {
  readonly error: Error
  readonly retry?: (() => void) | undefined
}) {
  const problem = error instanceof ApiFailure ? error.problem : undefined
  if (problem?.code === 'forbidden') return <NoPermission>{problem.detail}</NoPermission>
  if (problem?.code === 'not-found') return <NotSeen />
  return (
    <div className={styles.state} role="alert">
      <IconAlertTriangle size={20} aria-hidden="true" className={styles.bad} />
      <strong>
        {problem?.title ?? (error instanceof ApiFailure ? 'This could not be read' : 'Something broke')}
      </strong>
      <p>{error.message}</p>
      {problem?.places?.map(({ path, message }) => (
        <p key={`${path}${message}`}>
          {path && <code>{path} </code>}
          {message}
        </p>
      ))}
      {retry && (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
      {problem && <p className={styles.fine}>Request {problem.instance}</p>}
    </div>
  )
}

export const NoPermission = ({ children }: { readonly children?: ReactNode }) => (
  <div className={styles.state}>
    <IconLock size={20} aria-hidden="true" />
    <strong>Not permitted</strong>
    <p>{children ?? 'Your role does not allow this. An admin can change it.'}</p>
  </div>
)

/** Whether it is nowhere or somebody else's is not told, so that nobody learns of what is not theirs. */
const NotSeen = () => (
  <div className={styles.state}>
    <IconEyeOff size={20} aria-hidden="true" />
    <strong>Not here, or not yours to see</strong>
    <p>It is gone, or no zone of your teams holds it. An admin can give your team a zone that does.</p>
  </div>
)

/** What is shown is not all: a line that says so, above it. */
export const Partial = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.partial} role="note">
    <IconCircleDashed size={15} aria-hidden="true" />
    <span>{children}</span>
  </div>
)

interface ReadProps<T> {
  readonly query: {
    readonly data: T | undefined
    readonly error: Error | null
    readonly refetch: () => unknown
  }
  readonly rows?: number
  readonly children: (data: T) => ReactNode
}

/** What was read, or the state that stands for it. What was read before stays where reading it again failed. */
export function Read<T>({ query: { data, error, refetch }, rows, children }: ReadProps<T>) {
  if (data !== undefined) return children(data)
  if (error) return <Failure error={error} retry={() => void refetch()} />
  return <Loading {...(rows !== undefined && { rows })} />
}
