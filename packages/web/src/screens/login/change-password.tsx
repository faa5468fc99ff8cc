// Change password: has a one-time password changed to one's own before anything else.

import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import styles from './login.module.css'

export function ChangePassword({ done }: { readonly done: () => Promise<void> }) {
  const [old, setOld] = useState('')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const change = useChange('changePassword', [])
  const differs = second !== '' && first !== second
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!differs) change.mutate([{ old, new: first }], { onSuccess: () => void done() })
  }
  const field = { required: true, withAsterisk: false } as const
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.says}>Your password was for one time. Choose your own to go on.</p>
      <PasswordInput
        {...field}
        label="One-time password"
        autoComplete="current-password"
        autoFocus
        value={old}
        onChange={event => setOld(event.currentTarget.value)}
      />
      <PasswordInput
        {...field}
        label="New password"
        description="12 characters or more"
        autoComplete="new-password"
        minLength={12}
        value={first}
        onChange={event => setFirst(event.currentTarget.value)}
      />
      <PasswordInput
        {...field}
        label="New password again"
        autoComplete="new-password"
        value={second}
        error={differs && 'The two are not the same'}
        onChange={event => setSecond(event.currentTarget.value)}
      />
      {change.error && (
        <p className={styles.error} role="alert">
          {change.error.message}
        </p>
      )}
      <Button type="submit" size="sm" fullWidth loading={change.isPending}>
        Change and go on
      </Button>
    </form>
  )
}
