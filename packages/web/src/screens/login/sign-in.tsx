// Sign-in: the form for name and password, and the way by the organisation's provider.

import { Button, Divider, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { ApiFailure } from '../../data/client.ts'
import styles from './login.module.css'

interface SignInProps {
  readonly done: () => Promise<void>
  readonly oidcName: string | undefined
  readonly returnTo: string
}

export function SignIn({ done, oidcName, returnTo }: SignInProps) {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useChange('signIn', [])
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
      {signIn.error && (
        <p className={styles.error} role="alert">
          {signInError(signIn.error)}
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

const signInError = (error: Error) =>
  error instanceof ApiFailure && error.code === 'unauthenticated'
    ? 'Name or password is wrong.'
    : error.message
