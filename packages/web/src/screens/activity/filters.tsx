// Filters of activity: who, what, on what, and between which days; each stands in the URL.

import { Button, Select, TextInput } from '@mantine/core'
import type { AuditEntry } from '@plimsoll/core/contract/client'
import { IconX } from '@tabler/icons-react'
import styles from './activity.module.css'
import { type readActivitySearch, targetTypes } from './search.ts'
import { actionWord } from './words.ts'

export type ActivitySearch = ReturnType<typeof readActivitySearch>

/** What is done often; others are offered once they were seen in the log. */
const usual = [
  'cluster.removed',
  'cluster.scan-asked',
  'enrolment.created',
  'enrolment.revoked',
  'exception.approved',
  'exception.changed',
  'exception.rejected',
  'exception.requested',
  'exception.revoked',
  'person.changed',
  'person.created',
  'profile.changed',
  'profile.created',
  'session.opened',
  'session.refused',
  'team.changed',
  'token.created',
  'token.revoked',
  'zone.changed',
]

interface FiltersProps {
  readonly search: ActivitySearch
  readonly seen: readonly AuditEntry[]
  readonly change: (next: ActivitySearch) => void
}

export function Filters({ search, seen, change }: FiltersProps) {
  const { actor, action, on, target, from, to } = search
  const actions = [...new Set([...usual, ...seen.map(one => one.action), ...(action ? [action] : [])])].sort()
  const name = seen.find(one => one.actor.id === actor)?.actor.name
  return (
    <div className={styles.filters} role="search" aria-label="Activity">
      <Select
        aria-label="What"
        placeholder="Any action"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any action' }}
        data={actions.map(value => ({ value, label: actionWord(value) }))}
        value={action ?? null}
        onChange={value => change({ action: value ?? undefined })}
      />
      <Select
        aria-label="On what"
        placeholder="On anything"
        clearable
        clearButtonProps={{ 'aria-label': 'On anything' }}
        data={targetTypes.map(value => ({ value, label: actionWord(value) }))}
        value={on ?? null}
        onChange={value => change({ on: targetTypes.find(one => one === value) })}
      />
      <TextInput
        type="date"
        aria-label="From"
        title="The first day"
        value={from ?? ''}
        onChange={event => change({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        aria-label="To"
        title="The last day"
        value={to ?? ''}
        onChange={event => change({ to: event.currentTarget.value || undefined })}
      />
      {actor !== undefined && (
        <Button
          variant="light"
          rightSection={<IconX size={13} aria-hidden="true" />}
          title="By anybody"
          onClick={() => change({ actor: undefined })}
        >
          By {name || actor}
        </Button>
      )}
      {target !== undefined && (
        <Button
          variant="light"
          rightSection={<IconX size={13} aria-hidden="true" />}
          title="On any"
          onClick={() => change({ target: undefined })}
        >
          On {target}
        </Button>
      )}
    </div>
  )
}
