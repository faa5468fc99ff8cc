// Screen activity: who changed what, the newest first, and whether the log is whole; for admins.

import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useList } from '../../data/read.ts'
import { useMay } from '../../data/session.ts'
import { PageHead } from '../../parts/panel.tsx'
import { Empty, NoPermission } from '../../parts/states.tsx'
import { VirtualTable } from '../../parts/virtual-table.tsx'
import styles from './activity.module.css'
import { columnsOf } from './columns.tsx'
import { EntryFlyout } from './entry-flyout.tsx'
import { type ActivitySearch, Filters } from './filters.tsx'
import { Verification } from './verification.tsx'
import { startOf } from './words.ts'

export const ActivityScreen = () =>
  useMay('admin') ? (
    <Log />
  ) : (
    <>
      <PageHead title="Activity" />
      <NoPermission>The log speaks of everybody and of the whole fleet; admins read it.</NoPermission>
    </>
  )

function Log() {
  const search = useSearch({ from: '/shell/activity' })
  const navigate = useNavigate({ from: '/activity' })
  const change = (next: ActivitySearch) =>
    void navigate({ search: before => ({ ...before, entry: undefined, ...next }), replace: true })
  const { actor, action, on, target, from, to } = search
  const list = useList('listAudit', {
    actor,
    action,
    targetType: on,
    targetId: target,
    from: startOf(from),
    to: startOf(to, 1),
    limit: 100,
  })
  const columns = useMemo(
    () => columnsOf(id => void navigate({ search: before => ({ ...before, actor: id, entry: undefined }) })),
    [navigate],
  )
  const entry = list.items.find(({ number }) => String(number) === search.entry)
  const isNarrow = [actor, action, on, target, from, to].some(one => one !== undefined)
  return (
    <div className={styles.screen} data-flyout={entry !== undefined || undefined}>
      <PageHead title="Activity">
        <Button
          variant="default"
          component="a"
          className={styles.export}
          href="/api/v1/audit/export"
          download="audit.ndjson"
          title="The whole log, an entry a line"
          leftSection={<IconDownload size={14} aria-hidden="true" />}
        >
          Export
        </Button>
      </PageHead>
      <Verification />
      <Filters search={search} seen={list.items} change={change} />
      <div className={styles.list}>
        <VirtualTable
          label="Activity"
          list={list}
          columns={columns}
          keyOf={({ number }) => String(number)}
          openKey={search.entry}
          onOpen={({ number }) => change({ entry: String(number) })}
          empty={
            <Empty title={isNarrow ? 'Nothing like this was done' : 'Nothing was done yet'}>
              {isNarrow
                ? 'Take filters away to see more.'
                : 'What people, tokens and collectors change stands here, and cannot be taken away.'}
            </Empty>
          }
        />
      </div>
      {entry && <EntryFlyout key={entry.number} entry={entry} close={() => change({})} />}
    </div>
  )
}
