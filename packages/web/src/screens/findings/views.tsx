// Views: queries with their columns and groups, saved under a name, of one's own and shared ones.

import { Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core'
import type { SavedView } from '@plimsoll/core/contract/client'
import { IconBookmark, IconChevronDown } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Failure } from '../../parts/states.tsx'
import { type FindingsSearch, readFindingsSearch } from './search.ts'

/** What of the screen's state a view holds. */
const stateOf = ({ q, sort, order, by, columns }: FindingsSearch): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ q, sort, order, by, columns }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>

interface ViewsProps {
  readonly search: FindingsSearch
  readonly onOpen: (search: FindingsSearch) => void
}

export function Views({ search, onOpen }: ViewsProps) {
  const views = useThing('listViews', { list: 'findings' })
  const update = useChange('updateView', ['listViews'])
  const [dialog, setDialog] = useState<'save' | 'remove'>()
  const items = views.data?.items ?? []
  const current = items.find(({ id }) => id === search.view)
  const isChanged = current !== undefined && JSON.stringify(stateOf(search)) !== JSON.stringify(current.state)
  const open = ({ id, state }: SavedView) => onOpen({ ...readFindingsSearch(state), view: id })
  const close = () => setDialog(undefined)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconBookmark size={14} />}
            rightSection={<IconChevronDown size={13} />}
          >
            {current ? `${current.name}${isChanged ? ' *' : ''}` : 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {items.length > 0 && <Menu.Label>Saved</Menu.Label>}
          {items.map(view => (
            <Menu.Item key={view.id} onClick={() => open(view)} rightSection={view.isOwn ? null : view.owner}>
              {view.name}
            </Menu.Item>
          ))}
          {items.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setDialog('save')}>Save as a new view…</Menu.Item>
          {current?.isOwn && isChanged && (
            <Menu.Item
              onClick={() =>
                update.mutate([
                  current.id,
                  { name: current.name, isShared: current.isShared, state: stateOf(search) },
                ])
              }
            >
              Save changes of {current.name}
            </Menu.Item>
          )}
          {current?.isOwn && (
            <Menu.Item onClick={() => setDialog('remove')}>Remove {current.name}…</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={dialog === 'save'}
        onClose={close}
        title="Save view"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <SaveForm search={search} onSaved={view => onOpen({ ...search, view })} close={close} />
      </Modal>
      {current && (
        <RemoveView
          view={current}
          isOpen={dialog === 'remove'}
          onRemoved={() => onOpen({ ...search, view: undefined })}
          close={close}
        />
      )}
    </>
  )
}

interface SaveFormProps {
  readonly search: FindingsSearch
  readonly onSaved: (id: string) => void
  readonly close: () => void
}

function SaveForm({ search, onSaved, close }: SaveFormProps) {
  const save = useChange('saveView', ['listViews'])
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate([{ list: 'findings', name: name.trim(), isShared, state: stateOf(search) }], {
      onSuccess: ({ id }) => {
        close()
        onSaved(id)
      },
    })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          maxLength={120}
          value={name}
          data-autofocus
          onChange={event => setName(event.currentTarget.value)}
        />
        <Checkbox
          label="Share with my teams"
          checked={isShared}
          onChange={event => setShared(event.currentTarget.checked)}
        />
        {save.error && <Failure error={save.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface RemoveViewProps {
  readonly view: SavedView
  readonly isOpen: boolean
  readonly onRemoved: () => void
  readonly close: () => void
}

function RemoveView({ view, isOpen, onRemoved, close }: RemoveViewProps) {
  const remove = useChange('removeView', ['listViews'])
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title="Remove view"
      verb="Remove"
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      close={close}
      onConfirm={() =>
        remove.mutate([view.id], {
          onSuccess: () => {
            close()
            onRemoved()
          },
        })
      }
    >
      <p>
        <strong>{view.name}</strong> is removed{view.isShared ? ', also for those it is shared with' : ''}.
        Findings stay as they are.
      </p>
    </ConfirmDialog>
  )
}
