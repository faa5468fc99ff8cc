// Sign-in: the form for name and password, and the way by the organisation's provider.

import { Button, Divider, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { ApiFailure } from '../../data/client.ts'
import { counted } from '../../parts/words.ts'
import styles from './login.module.css'

interface SignInProps {
  readonly done: () => Promise<void>
  readonly oidcName: string | undefined
  readonly returnTo: string
  /** Why a sign-in by the provider failed, a code of the API. */
  readonly failed: string | undefined
}

export function SignIn({ done, oidcName, returnTo, failed }: SignInProps) {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useChange('signIn', [])
  const fault = signIn.error
    ? signInError(signIn.error)
    : failed !== undefined && signIn.isIdle
      ? (providerFaults[failed] ?? otherProviderFault)
      : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate([{ login, password }], { onSuccess: () => void done() })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label="Name"
        size="sm"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoFocus
        required
        withAsterisk={false}
        value={login}
        onChange={event => setLogin(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
      />
      {fault !== undefined && (
        <p className={styles.error} role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" size="sm" fullWidth loading={signIn.isPending}>
        Sign in
      </Button>
      {oidcName !== undefined && (
        <>
          <Divider label="or" />
          <Button
            component="a"
            href={`/api/v1/session/oidc/start?returnTo=${encodeURIComponent(returnTo)}`}
            variant="default"
            size="sm"
            fullWidth
          >
            Sign in with {oidcName}
          </Button>
        </>
      )}
    </form>
  )
}

const otherProviderFault = 'The sign-in was not confirmed. Begin it again.'
const providerFaults: Readonly<Record<string, string>> = {
  forbidden: 'You signed in there, and may not use Plimsoll. Ask whoever runs it.',
  conflict: 'There is an account of your name that does not sign in this way. Ask an admin.',
  unavailable: 'The provider does not answer. Try again later.',
}

function signInError(error: Error): string {
  if (!(error instanceof ApiFailure)) return error.message
  if (error.code === 'unauthenticated') return 'Name or password is wrong.'
  if (error.code === 'too-many-requests')
    return `Too many attempts. Try again ${error.retryAfter === undefined ? 'later' : `in ${waitText(error.retryAfter)}`}.`
  return error.message
}

const waitText = (seconds: number) =>
  seconds < 60 ? counted(seconds, 'second') : counted(Math.ceil(seconds / 60), 'minute')
