// User menu: who is signed in, the theme, the keys, and the way out.

import { Button, Divider, Popover, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../data/client.ts'
import { useMe } from '../data/session.ts'
import styles from './user-menu.module.css'

export function UserMenu({ onKeys }: { readonly onKeys: () => void }) {
  const me = useMe()
  const queries = useQueryClient()
  const navigate = useNavigate()
  // With `keepTransitions` no style is put into the page, which the content security policy would refuse.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const [isOpen, setOpen] = useState(false)
  const leave = async () => {
    await api.signOut().catch(() => undefined)
    queries.clear()
    await navigate({ to: '/login' })
  }
  const items = [
    { title: 'Keys', icon: IconKeyboard, run: onKeys },
    { title: 'Sign out', icon: IconLogout, run: () => void leave() },
  ]
  return (
    <Popover
      position="bottom-end"
      width={232}
      opened={isOpen}
      onChange={setOpen}
      trapFocus
      withinPortal={false}
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconUserCircle size={17} stroke={1.7} />}
          className={styles.button}
          onClick={() => setOpen(!isOpen)}
        >
          {me.name}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.menu}>
        <div className={styles.who}>
          <strong>{me.name}</strong>
          <span>{me.role}</span>
          {me.teams.length > 0 && <span>{me.teams.map(({ name }) => name).join(', ')}</span>}
        </div>
        <Divider />
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
        <Divider />
        {items.map(({ title, icon: Icon, run }) => (
          <Button
            key={title}
            variant="subtle"
            color="gray"
            fullWidth
            justify="flex-start"
            leftSection={<Icon size={16} aria-hidden="true" />}
            onClick={() => {
              setOpen(false)
              run()
            }}
          >
            {title}
          </Button>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
