// Zone form: the terms of a zone, with what they match while they are changed.

import { Button, Group, MultiSelect, TagsInput, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { Zone, ZoneTerm } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { FormDialog } from './form-dialog.tsx'
import { Matched } from './matched.tsx'
import styles from './settings.module.css'
import { labelsOf, type TermDraft, termDraft, termOf } from './zone-terms.ts'

const touched = ['listZones', 'listTeams', 'previewZone', 'getSession'] as const

export function ZoneForm({ zone, close }: { readonly zone: Zone | undefined; readonly close: () => void }) {
  const create = useChange('createZone', touched)
  const update = useChange('updateZone', touched)
  const [name, setName] = useState(zone?.name ?? '')
  const [description, setDescription] = useState(zone?.description ?? '')
  const [drafts, setDrafts] = useState((zone?.terms ?? [{}]).map(term => termDraft(term)))
  const terms: readonly ZoneTerm[] = drafts.map(termOf)
  const [counted] = useDebouncedValue(JSON.stringify(terms), 300)
  const save = () => {
    const body = { name: name.trim(), description, terms }
    if (zone) update.mutate([zone.id, body, zone.version], { onSuccess: close })
    else create.mutate([body], { onSuccess: close })
  }
  return (
    <FormDialog
      title={zone ? `Edit ${zone.name}` : 'Add zone'}
      verb="Save"
      isBusy={create.isPending || update.isPending}
      error={create.error ?? update.error}
      onSubmit={save}
      close={close}
    >
      <TextInput label="Name" required value={name} onChange={event => setName(event.currentTarget.value)} />
      <TextInput
        label="Description"
        value={description}
        onChange={event => setDescription(event.currentTarget.value)}
      />
      {drafts.map((draft, index) => (
        <TermFields
          key={draft.key}
          title={drafts.length === 1 ? 'What it holds' : `Term ${index + 1}`}
          draft={draft}
          onChange={changed => setDrafts(drafts.map(one => (one.key === draft.key ? changed : one)))}
          {...(drafts.length > 1 && {
            onRemove: () => setDrafts(drafts.filter(one => one.key !== draft.key)),
          })}
        />
      ))}
      <Group justify="space-between">
        <Button variant="default" size="compact-sm" onClick={() => setDrafts([...drafts, termDraft({})])}>
          Or also …
        </Button>
        <span role="status">
          <Matched terms={JSON.parse(counted) as readonly ZoneTerm[]} />
        </span>
      </Group>
    </FormDialog>
  )
}

interface TermFieldsProps {
  readonly title: string
  readonly draft: TermDraft
  readonly onChange: (draft: TermDraft) => void
  readonly onRemove?: () => void
}

function TermFields({ title, draft, onChange, onRemove }: TermFieldsProps) {
  const clusters = useThing('listClusters', { sort: 'name', order: 'asc', limit: 200 })
  const known = (clusters.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const others = draft.clusters.filter(id => !known.some(({ value }) => value === id))
  return (
    <div className={styles.term} role="group" aria-label={title}>
      <Group justify="space-between">
        <strong>{title}</strong>
        {onRemove && (
          <Button variant="default" size="compact-sm" onClick={onRemove}>
            Take away
          </Button>
        )}
      </Group>
      {Object.keys(termOf(draft)).length === 0 && <p>Nothing is named, so this holds the whole fleet.</p>}
      <TagsInput
        label="Accounts"
        placeholder="All accounts"
        value={[...draft.accounts]}
        onChange={accounts => onChange({ ...draft, accounts })}
      />
      <MultiSelect
        label="Clusters"
        placeholder="All clusters"
        searchable
        data={[...known, ...others.map(id => ({ value: id, label: id }))]}
        value={[...draft.clusters]}
        onChange={chosen => onChange({ ...draft, clusters: chosen })}
      />
      <TagsInput
        label="Labels of clusters"
        placeholder="team=web"
        value={[...draft.clusterLabels]}
        onChange={labels => onChange({ ...draft, clusterLabels: labelsOf(labels) })}
      />
      <TagsInput
        label="Namespaces"
        description="Names, or parts of them with * for the rest."
        placeholder="All namespaces"
        value={[...draft.namespaces]}
        onChange={namespaces => onChange({ ...draft, namespaces })}
      />
      <TagsInput
        label="Labels of resources"
        placeholder="app=shop"
        value={[...draft.labels]}
        onChange={labels => onChange({ ...draft, labels: labelsOf(labels) })}
      />
    </div>
  )
}
