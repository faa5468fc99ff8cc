// Shell: what stands around every screen: the bar with the scope, the rail of places, the keys, live updates.

import { ActionIcon } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMenu2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { type LiveState, useLiveUpdates } from '../data/live.ts'
import { holdsRole, session } from '../data/session.ts'
import { useKeys } from '../parts/keyboard.tsx'
import { Mark } from '../parts/mark.tsx'
import { KeyboardHelp } from './keyboard-help.tsx'
import { places } from './navigation.ts'
import { ScopeChooser } from './scope-chooser.tsx'
import styles from './shell.module.css'
import { UserMenu } from './user-menu.tsx'

export function Shell() {
  const { data: me } = useQuery(session)
  const router = useRouter()
  const navigate = useNavigate()
  const live = useLiveUpdates()
  const [isOpen, rail] = useDisclosure(false)
  const [isHelpOpen, help] = useDisclosure(false)
  // The session ended while the page was open: the route's guard leads to the sign-in.
  useEffect(() => {
    if (me === null) void router.invalidate()
  }, [me, router])
  const shown = places.map(group => group.filter(({ role }) => !role || (me && holdsRole(me.role, role))))
  useKeys('Everywhere', [
    { keys: '?', says: 'Show the keys', run: help.toggle },
    { keys: '/', says: 'Search', run: focusSearch },
    ...shown.flat().map(({ key, to, title }) => ({
      keys: `g ${key}`,
      says: `Go to ${title}`,
      run: () => void navigate({ to }),
    })),
  ])
  if (!me) return null
  return (
    <div className={styles.shell} data-open={isOpen || undefined}>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <header className={styles.bar}>
        <ActionIcon
          className={styles.menu}
          variant="subtle"
          color="gray"
          aria-label="Navigation"
          aria-expanded={isOpen}
          onClick={rail.toggle}
        >
          <IconMenu2 size={18} />
        </ActionIcon>
        <Link to="/" className={styles.brand} aria-label="Plimsoll">
          <Mark size={22} />
          <span>Plimsoll</span>
        </Link>
        <ScopeChooser />
        <span className={styles.space} />
        <LiveSign state={live} />
        <UserMenu onKeys={help.open} />
      </header>
      <nav className={styles.rail} aria-label="Screens">
        {shown.map(group => (
          <ul key={group[0]?.to}>
            {group.map(({ to, title, icon: Icon, key }) => (
              <li key={to}>
                <Link
                  to={to}
                  activeOptions={{ exact: to === '/', includeSearch: false }}
                  onClick={rail.close}
                  title={`g ${key}`}
                >
                  <Icon size={17} stroke={1.7} aria-hidden="true" />
                  <span>{title}</span>
                </Link>
              </li>
            ))}
          </ul>
        ))}
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        <Outlet />
      </main>
      <KeyboardHelp isOpen={isHelpOpen} close={help.close} />
    </div>
  )
}

/** The search of the screen that is open, marked by `data-search`. */
function focusSearch() {
  document.querySelector<HTMLElement>('[data-search]')?.focus()
}

const liveWords: Readonly<Record<LiveState, string>> = {
  connecting: 'Connecting for updates',
  live: 'Live: what changes shows here by itself',
  lost: 'Updates are interrupted; trying again',
}

const LiveSign = ({ state }: { readonly state: LiveState }) => (
  <span className={styles.live} data-state={state} role="status" title={liveWords[state]}>
    <span aria-hidden="true" />
    {state === 'live' ? 'Live' : state === 'lost' ? 'Interrupted' : '…'}
  </span>
)
