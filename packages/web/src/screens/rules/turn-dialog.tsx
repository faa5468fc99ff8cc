// Turn dialog: turns a rule or control on or off in a profile: asks for the reason, and shows beforehand what it would change.

import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core'
import type { Profile, ProfileEffect } from '@plimsoll/core/contract/client'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { FormEnd } from '../../parts/form-end.tsx'
import plain from '../../parts/plain-table.module.css'
import { intervalText } from '../../parts/score.tsx'
import { Failure } from '../../parts/states.tsx'
import { counted, editionName, scoreNumber } from '../../parts/words.ts'
import { isOffInAll, type Target, turnedOff, turnedOn } from './settings.ts'

export interface Turn {
  readonly target: Target
  readonly title: string
  readonly isOn: boolean
}

interface TurnDialogProps {
  readonly turn: Turn
  /** The profile that is changed; one is made and holds by default where there is none. */
  readonly profile: Profile | undefined
  readonly close: () => void
}

const touched = ['listProfiles', 'getBenchmark', 'getStandard', 'listStandards', 'getControl'] as const

export const TurnDialog = (props: TurnDialogProps) => (
  <Modal
    opened
    onClose={props.close}
    title={props.turn.isOn ? `Turn off ${props.turn.target.id}` : `Turn on ${props.turn.target.id}`}
    closeButtonProps={{ 'aria-label': 'Close' }}
    size="lg"
  >
    <TurnForm {...props} />
  </Modal>
)

function TurnForm({ turn: { target, title, isOn }, profile, close }: TurnDialogProps) {
  const [reason, setReason] = useState('')
  const update = useChange('updateProfile', touched)
  const create = useChange('createProfile', touched)
  const before = profile ?? { rules: {}, controls: {} }
  const after = isOn ? turnedOff(before, target, reason.trim()) : turnedOn(before, target)
  const save = (event: FormEvent) => {
    event.preventDefault()
    const done = { onSuccess: close }
    if (profile) {
      const { id, version, name, description, isDefault, zones, clusters } = profile
      update.mutate([id, { name, description, isDefault, zones, clusters, ...after }, version], done)
    } else create.mutate([{ name: 'Default', isDefault: true, ...after }], done)
  }
  const error = update.error ?? create.error
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        <p>
          <strong>{title}</strong>{' '}
          {isOn
            ? target.type === 'rule'
              ? 'is no longer judged: its findings are resolved, and controls that need it are not evaluated by it.'
              : 'no longer counts for the outcome of its standard.'
            : 'is judged again.'}{' '}
          {profile
            ? `This changes the profile ${profile.name}, which holds for ${counted(profile.holdsFor, 'cluster')}.`
            : 'No profile is set up yet: one is made that holds for all clusters by default.'}
          {!isOn &&
            isOffInAll(before.controls, target) &&
            ' It was off in all editions, and is on in all again.'}
        </p>
        {isOn && (
          <Textarea
            label="Reason"
            description="Shown beside it, in reports too."
            required
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
          />
        )}
        <TryOut settings={isOn && reason.trim() === '' ? turnedOff(before, target, 'try-out') : after} />
        <FormEnd
          verb={isOn ? 'Turn off' : 'Turn on'}
          isBusy={update.isPending || create.isPending}
          error={error}
          close={close}
        />
      </Stack>
    </form>
  )
}

function TryOut({ settings }: { readonly settings: Pick<Profile, 'rules' | 'controls'> }) {
  const clusters = useThing('listClusters', { sort: 'name', order: 'asc', limit: 200 })
  const trial = useChange('tryProfile', [])
  const [cluster, setCluster] = useState<string | null>(null)
  return (
    <div className={plain.lines}>
      <Group gap="xs" align="flex-end">
        <Select
          label="What it would change"
          placeholder="Choose a cluster"
          data={(clusters.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={cluster}
          onChange={value => {
            trial.reset()
            setCluster(value)
          }}
          searchable
          w={240}
        />
        <Button
          variant="default"
          disabled={cluster === null}
          loading={trial.isPending}
          onClick={() => cluster && trial.mutate([{ cluster, profile: { name: 'tried', ...settings } }])}
        >
          Try
        </Button>
      </Group>
      {trial.error && <Failure error={trial.error} />}
      {trial.data && <Effect effect={trial.data} />}
    </div>
  )
}

const scoreText = (score: ProfileEffect['scores'][number]['before']) =>
  score.value === null ? `no score (${intervalText(score) || 'nothing evaluated'})` : scoreNumber(score.value)

function Effect({ effect: { gone, come, controls, scores } }: { readonly effect: ProfileEffect }) {
  const moved = scores.filter(({ before, after }) => scoreText(before) !== scoreText(after))
  return (
    <div role="status">
      <p>
        {counted(gone.count, 'open failure')} would go, {counted(come.count, 'would come', 'would come')};{' '}
        {counted(controls.length, 'control')} would have another outcome.
      </p>
      {moved.length > 0 && (
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">Standard</th>
              <th scope="col" className={plain.number}>
                Score now
              </th>
              <th scope="col" className={plain.number}>
                Then
              </th>
            </tr>
          </thead>
          <tbody>
            {moved.map(({ before, after, ...edition }) => (
              <tr key={`${edition.benchmark}@${edition.edition}`}>
                <td>{editionName(edition)}</td>
                <td className={plain.number}>{scoreText(before)}</td>
                <td className={plain.number}>{scoreText(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
