// Flyout: what is looked at beside a list that stays usable; Escape closes it.

import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './flyout.module.css'
import { useKeys } from './keyboard.tsx'

interface FlyoutProps {
  readonly label: string
  /** The head: what it is of. */
  readonly title: ReactNode
  /** Beside the closing button: previous, next. */
  readonly actions?: ReactNode
  readonly close: () => void
  readonly children: ReactNode
}

export function Flyout({ label, title, actions, close, children }: FlyoutProps) {
  const place = useRef<HTMLElement>(null)
  useKeys(label, [{ keys: 'Escape', says: 'Close', run: close }])
  useEffect(() => {
    const before = document.activeElement
    place.current?.focus({ preventScroll: true })
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <aside ref={place} className={styles.flyout} aria-label={label} tabIndex={-1}>
      <header className={styles.head}>
        <div className={styles.title}>{title}</div>
        {actions}
        <ActionIcon variant="subtle" color="gray" aria-label="Close" onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className={styles.body}>{children}</div>
    </aside>
  )
}
