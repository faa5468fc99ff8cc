// Keyboard help: the keys that work now.

import { Modal } from '@mantine/core'
import { useKeyList } from '../parts/keyboard.tsx'
import styles from './keyboard-help.module.css'

const names: Readonly<Record<string, string>> = { Escape: 'Esc', Enter: '↵', ArrowDown: '↓', ArrowUp: '↑' }

export function KeyboardHelp({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }) {
  const groups = useKeyList()
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title="Keys"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={styles.groups}>
        {groups.map(({ title, bindings }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {bindings
                .filter(({ says }) => says !== undefined)
                .map(({ keys, says }) => (
                  <div key={keys}>
                    <dt>
                      {keys.split(' ').map(key => (
                        <kbd key={key}>{names[key] ?? key}</kbd>
                      ))}
                    </dt>
                    <dd>{says}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
