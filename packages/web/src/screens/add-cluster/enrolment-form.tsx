// Enrolment form: asks for a cluster's name and how its agent is to be installed; all but the name may stay as it is.

import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import type { ApiClient } from '@plimsoll/core/contract/client'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../data/change.ts'
import { Panel } from '../../parts/panel.tsx'
import { Failure } from '../../parts/states.tsx'
import styles from './add-cluster.module.css'
import { type Draft, emptyDraft, enrolmentOf } from './draft.ts'
import { SlicesField } from './slices-field.tsx'

export type MadeEnrolment = Awaited<ReturnType<ApiClient['createEnrolment']>>

type TextField = { [K in keyof Draft]: Draft[K] extends string ? K : never }[keyof Draft]
type SwitchField = { [K in keyof Draft]: Draft[K] extends boolean ? K : never }[keyof Draft]

export function EnrolmentForm({ onMade }: { readonly onMade: (made: MadeEnrolment) => void }) {
  const [draft, setDraft] = useState(emptyDraft)
  const create = useChange('createEnrolment', ['listEnrolments'])
  const change = (part: Partial<Draft>) => setDraft(before => ({ ...before, ...part }))
  const text = (field: TextField) => ({
    value: draft[field],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  })
  const tick = (field: SwitchField) => ({
    checked: draft[field],
    onChange: (event: { readonly currentTarget: { readonly checked: boolean } }) =>
      change({ [field]: event.currentTarget.checked }),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    create.mutate([enrolmentOf(draft)], { onSuccess: onMade })
  }
  return (
    <form onSubmit={send} className={styles.stack}>
      <Panel title="Cluster">
        <div className={styles.fields}>
          <TextInput label="Name" required maxLength={120} data-autofocus {...text('name')} />
          <TextInput
            label="Environment"
            description="Such as production; zones may choose by it."
            maxLength={60}
            {...text('environment')}
          />
        </div>
      </Panel>
      <Panel
        title="What it may read"
        says="Each slice is a set of rights to get, list and watch. What is left out is not evaluated, and says so."
      >
        <SlicesField chosen={draft.slices} onChoose={slices => change({ slices })} />
      </Panel>
      <Panel title="Installation" says="What stands here already suits most clusters.">
        <div className={styles.fields}>
          <TextInput label="Namespace" required {...text('namespace')} />
          <Select
            label="Replicas"
            description="One leads, the others stand by."
            data={['1', '2', '3', '4', '5']}
            value={String(draft.replicas)}
            allowDeselect={false}
            onChange={value => change({ replicas: Number(value ?? 1) })}
          />
          <TextInput
            label="Existing Secret"
            description="Holds the token already; without it, the token stands in what is installed."
            {...text('existingSecret')}
          />
          <TextInput
            label="Proxy"
            description="On the way to this server, without credentials."
            placeholder="http://proxy.example.com:3128"
            {...text('proxy')}
          />
          <TextInput label="No proxy" description="Hosts reached without it." {...text('noProxy')} />
          <TextInput
            label="Image"
            description="Where it is, if mirrored."
            placeholder="registry.example.com/plimsoll"
            {...text('repository')}
          />
          <TextInput
            label="Chart"
            description="An OCI reference, a URL or a folder, if mirrored."
            {...text('chart')}
          />
          <Textarea
            label="Extra certificates"
            description="That this server or the proxy is trusted by, in PEM."
            autosize
            minRows={1}
            maxRows={6}
            {...text('extraCa')}
          />
        </div>
        <div className={styles.ticks}>
          <Checkbox
            label="OpenShift"
            description="The platform chooses the user that it runs as."
            {...tick('openshift')}
          />
          <Checkbox
            label="Network policy"
            description="Bounds what it may reach."
            {...tick('networkPolicy')}
          />
          <Checkbox
            label="Host network"
            description="Where metadata of instances is closed to pods."
            {...tick('hostNetwork')}
          />
        </div>
      </Panel>
      {create.error && <Failure error={create.error} />}
      <div className={styles.row}>
        <Button type="submit" loading={create.isPending} disabled={draft.name.trim() === ''}>
          Make the enrolment
        </Button>
        <span className={styles.fine}>
          Makes a token and the commands. Nothing is sent from your cluster before you run them.
        </span>
      </div>
    </form>
  )
}
