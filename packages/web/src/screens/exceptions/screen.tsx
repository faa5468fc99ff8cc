// Screen exceptions: accepted risks and requests for them, by where they stand; one of them open beside the list.

import { Button } from '@mantine/core'
import type { Exception } from '@plimsoll/core/contract/client'
import { IconDownload, IconPlus, IconUpload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type List, useThing } from '../../data/read.ts'
import { useMay } from '../../data/session.ts'
import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'
import { useNow } from '../../parts/time.tsx'
import { VirtualTable } from '../../parts/virtual-table.tsx'
import { counted, wholeNumber } from '../../parts/words.ts'
import { columns } from './columns.tsx'
import { ExceptionFlyout } from './exception-flyout.tsx'
import styles from './exceptions.module.css'
import { ImportDialog } from './import-dialog.tsx'
import { RequestDialog } from './request-dialog.tsx'
import { type Shelf, shelves } from './search.ts'
import { isOn, shelfTitles, shelfWords } from './words.ts'

export function ExceptionsScreen() {
  const { state = 'all', exception, request } = useSearch({ from: '/shell/exceptions' })
  const navigate = useNavigate({ from: '/exceptions' })
  const mayAsk = useMay('editor')
  const now = useNow()
  const [isImporting, setImporting] = useState(false)
  const write = (text: string | undefined, replace = false) =>
    void navigate({ search: before => ({ ...before, request: text }), replace })
  const { data, error, isPending, refetch } = useThing('listExceptions')
  const items = useMemo(() => (data?.items ?? []).filter(one => isOn(state, one, now)), [data, state, now])
  const list: List<Exception> = {
    items,
    isLoading: isPending,
    isLoadingMore: false,
    hasMore: false,
    loadMore: () => {},
    failure: data ? null : error,
    retry: () => void refetch(),
    isStale: false,
  }
  const open = (id: string | undefined) =>
    void navigate({ search: before => ({ ...before, exception: id }), replace: exception !== undefined })
  return (
    <div className={styles.screen} data-flyout={exception !== undefined || undefined}>
      <PageHead title="Exceptions" beside={data && counted(data.items.length, 'exception')}>
        {mayAsk && (
          <Button
            variant="default"
            leftSection={<IconUpload size={14} aria-hidden="true" />}
            onClick={() => setImporting(true)}
          >
            Import
          </Button>
        )}
        <Button
          variant="default"
          component="a"
          className={styles.export}
          href="/api/v1/exceptions/export"
          download="exceptions.yaml"
          title="Those in force, as YAML"
          leftSection={<IconDownload size={14} aria-hidden="true" />}
        >
          Export
        </Button>
        {mayAsk && (
          <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => write('')}>
            New exception
          </Button>
        )}
      </PageHead>
      <Shelves
        chosen={state}
        items={data?.items}
        now={now}
        onChoose={shelf =>
          void navigate({ search: before => ({ ...before, state: shelf === 'all' ? undefined : shelf }) })
        }
      />
      <div className={styles.list}>
        <VirtualTable
          label="Exceptions"
          list={list}
          columns={columns}
          keyOf={({ id }) => id}
          openKey={exception}
          onOpen={({ id }) => open(id)}
          total={items.length}
          empty={
            <Empty title={state === 'all' ? 'No exception' : 'None of these'}>
              {state === 'all'
                ? 'Risks that somebody accepts stand here, each with an owner, a reason and a last day.'
                : (shelfTitles[state] ?? 'Others may stand on the other shelves.')}
            </Empty>
          }
        />
      </div>
      {exception !== undefined && (
        <ExceptionFlyout key={exception} id={exception} close={() => open(undefined)} />
      )}
      <RequestDialog
        query={mayAsk ? request : undefined}
        onWritten={text => write(text, true)}
        close={() => write(undefined)}
        onMade={id =>
          void navigate({
            search: before => ({ ...before, request: undefined, state: undefined, exception: id }),
          })
        }
      />
      <ImportDialog isOpen={isImporting} close={() => setImporting(false)} />
    </div>
  )
}

interface ShelvesProps {
  readonly chosen: Shelf
  readonly items: readonly Exception[] | undefined
  readonly now: number
  readonly onChoose: (shelf: Shelf) => void
}

const Shelves = ({ chosen, items, now, onChoose }: ShelvesProps) => (
  <div className={styles.shelves} role="group" aria-label="Where they stand">
    {shelves.map(shelf => (
      <button
        key={shelf}
        type="button"
        aria-pressed={shelf === chosen}
        title={shelfTitles[shelf]}
        onClick={() => onChoose(shelf)}
      >
        {shelfWords[shelf]}{' '}
        <b>{items ? wholeNumber(items.filter(one => isOn(shelf, one, now)).length) : '…'}</b>
      </button>
    ))}
  </div>
)
