// Entry flyout: one entry of the log with all its detail, and its hash.

import { yamlText } from '@plimsoll/core'
import type { AuditEntry } from '@plimsoll/core/contract/client'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Flyout } from '../../parts/flyout.tsx'
import plain from '../../parts/plain-table.module.css'
import { Section } from '../../parts/remediation.tsx'
import { Time } from '../../parts/time.tsx'
import { YamlView } from '../../parts/yaml-view.tsx'
import { Target } from './columns.tsx'
import { actionWord } from './words.ts'

interface EntryFlyoutProps {
  readonly entry: AuditEntry
  readonly close: () => void
}

export const EntryFlyout = ({ entry, close }: EntryFlyoutProps) => (
  <Flyout label="Entry" close={close} title={<h2>{actionWord(entry.action)}</h2>}>
    <dl className={plain.facts}>
      <dt>When</dt>
      <dd>
        <Time at={entry.at} isExact />
      </dd>
      <dt>Who</dt>
      <dd>
        {entry.actor.name || entry.actor.id} ({entry.actor.type})
      </dd>
      <dt>From</dt>
      <dd>{entry.actor.address || 'no address'}</dd>
      <dt>On</dt>
      <dd>
        <Target entry={entry} />
      </dd>
      <dt>Entry</dt>
      <dd>
        {entry.number}, <code>{entry.hash}</code> <CopyButton text={entry.hash} label="Copy the hash" />
      </dd>
    </dl>
    {Object.keys(entry.detail).length > 0 && (
      <Section title="Detail">
        <YamlView text={yamlText(entry.detail)} label="Detail" />
      </Section>
    )}
  </Flyout>
)
