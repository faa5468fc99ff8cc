// User menu: who is signed in, the theme, the keys, and the way out.

import { Button, Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../data/client.ts'
import { useMe } from '../data/session.ts'
import styles from './user-menu.module.css'

export function UserMenu({ onKeys }: { readonly onKeys: () => void }) {
  const me = useMe()
  const queries = useQueryClient()
  const navigate = useNavigate()
  // With `keepTransitions` no style is put into the page, which the content security policy would refuse.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const leave = async () => {
    await api.signOut().catch(() => undefined)
    queries.clear()
    await navigate({ to: '/login' })
  }
  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconUserCircle size={17} stroke={1.7} />}
          className={styles.button}
        >
          {me.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}>
          <strong>{me.name}</strong>
          <span>{me.role}</span>
          {me.teams.length > 0 && <span>{me.teams.map(({ name }) => name).join(', ')}</span>}
        </div>
        <Menu.Divider />
        <div className={styles.theme}>
          <SegmentedControl
            aria-label="Theme"
            fullWidth
            value={colorScheme}
            onChange={value => setColorScheme(value)}
            data={[
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
              { value: 'auto', label: 'System' },
            ]}
          />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onKeys}>
          Keys
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
