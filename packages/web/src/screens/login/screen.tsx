// Screen login: lets people in by password or by their organisation, and has a one-time password changed first.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useThing } from '../../data/read.ts'
import { session, sessionKey } from '../../data/session.ts'
import { Mark } from '../../parts/mark.tsx'
import { ChangePassword } from './change-password.tsx'
import styles from './login.module.css'
import { SignIn } from './sign-in.tsx'

export function LoginScreen() {
  const { to, failed } = useSearch({ from: '/login' })
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { data: me, refetch } = useQuery(session)
  const { data: options } = useThing('getSignInOptions')
  /** Goes on where one wanted to go; elsewhere than to our own pages nobody is sent. */
  const enter = async () => {
    const { data } = await refetch()
    // What whoever was here before has read is not theirs to see.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0], type: 'inactive' })
    if (data && !data.mustChangePassword)
      await navigate({ href: (to?.startsWith('/') && !to.startsWith('//') ? to : '/') + location.hash })
  }
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Mark size={34} />
          <h1>Plimsoll</h1>
        </div>
        {me?.mustChangePassword ? (
          <ChangePassword done={enter} />
        ) : (
          <SignIn done={enter} oidcName={options?.oidc?.name} returnTo={to ?? '/'} failed={failed} />
        )}
        {options?.isSample && (
          <p className={styles.note}>
            This server shows a sample fleet. The first password was printed where it was started.
          </p>
        )}
      </div>
    </main>
  )
}
