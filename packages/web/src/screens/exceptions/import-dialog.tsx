// Import dialog: takes a file of exceptions as YAML or JSON; those whose id is there already stay as they are.

import { Button, FileButton, Group, Modal, Stack, Textarea } from '@mantine/core'
import { readYaml } from '@plimsoll/core'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useMay } from '../../data/session.ts'
import { Failure } from '../../parts/states.tsx'
import { counted } from '../../parts/words.ts'
import styles from './exceptions.module.css'
import { touched } from './words.ts'

interface ImportDialogProps {
  readonly isOpen: boolean
  readonly close: () => void
}

export const ImportDialog = ({ isOpen, close }: ImportDialogProps) => (
  <Modal
    opened={isOpen}
    onClose={close}
    title="Import exceptions"
    size={720}
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    <ImportForm close={close} />
  </Modal>
)

/** The list in a file `exceptions: [ … ]`, or why there is none. */
function exceptionsIn(text: string): readonly unknown[] | string {
  const reading = readYaml(text)
  if ('failure' in reading) return reading.failure.message
  const { value } = reading
  const list = typeof value === 'object' && value !== null && 'exceptions' in value && value.exceptions
  return Array.isArray(list) ? list : 'The file holds no list named exceptions.'
}

function ImportForm({ close }: { readonly close: () => void }) {
  const holdsAtOnce = useMay('approver')
  const take = useChange('importExceptions', touched)
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  const write = (next: string) => {
    setText(next)
    setFault('')
    take.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const exceptions = exceptionsIn(text)
    if (typeof exceptions === 'string') setFault(exceptions)
    else take.mutate([{ exceptions }])
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <p className={styles.says}>
          The file that the export gives and <code>plimsoll scan --exceptions</code> takes. Either all of it
          is taken or nothing.
          {!holdsAtOnce && ' What it asks for holds once an approver has agreed.'}
        </p>
        <Group>
          <FileButton
            accept=".yaml,.yml,.json"
            onChange={file => void file?.text().then(write, cause => setFault(String(cause)))}
          >
            {props => (
              <Button variant="default" {...props}>
                Choose a file
              </Button>
            )}
          </FileButton>
        </Group>
        <Textarea
          label="File"
          autosize
          minRows={8}
          maxRows={20}
          spellCheck={false}
          value={text}
          error={fault || undefined}
          onChange={event => write(event.currentTarget.value)}
        />
        {take.error && <Failure error={take.error} />}
        {take.data && (
          <p role="status">
            {counted(take.data.made.length, 'exception')} taken
            {take.data.known.length > 0 && `, ${take.data.known.length} there already`}.
          </p>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {take.data ? 'Close' : 'Cancel'}
          </Button>
          <Button type="submit" loading={take.isPending} disabled={text.trim() === ''}>
            Import
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
