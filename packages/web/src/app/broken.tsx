// Broken: what stands where a screen failed, and where there is none.

import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { Empty, Failure } from '../parts/states.tsx'

export const Broken = ({ error, reset }: ErrorComponentProps) => (
  <Failure error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
)

export const NotFound = () => (
  <Empty title="There is no such page" action={<Link to="/">Go to the overview</Link>}>
    It may have been moved, or the address is not complete.
  </Empty>
)
