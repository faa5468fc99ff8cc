// Finding flyout: one finding beside the list: what it is, its proof, how to mend it in its object, and what people decide about it.

import { ActionIcon, Tabs } from '@mantine/core'
import type { WholeFinding } from '@plimsoll/core/contract/client'
import { IconChevronDown, IconChevronUp, IconLink } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useRemediation } from '../../data/remediation.ts'
import { present } from '../../data/search-params.ts'
import { OutcomeBadge, SeverityBadge } from '../../parts/badges.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Flyout } from '../../parts/flyout.tsx'
import { yamlText } from '../../parts/object-text.ts'
import { marksOf, Remediation } from '../../parts/remediation.tsx'
import { Loading, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { YamlView } from '../../parts/yaml-view.tsx'
import { ControlsPart } from './controls-part.tsx'
import { DecisionBar } from './decision-bar.tsx'
import styles from './findings.module.css'
import { HistoryPart } from './history-part.tsx'
import type { FindingsSearch } from './search.ts'
import { outcomeOf, resourceName } from './words.ts'

type Part = NonNullable<FindingsSearch['part']>

interface FindingFlyoutProps {
  /** `<cluster>/<id>` */
  readonly finding: string
  readonly at: string | undefined
  readonly part: Part | undefined
  readonly onPart: (part: Part | undefined) => void
  readonly close: () => void
}

/** Keys of the list move on to the finding before or after; the buttons press them. */
const press = (key: string) => document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))

export function FindingFlyout({ finding, at, part, onPart, close }: FindingFlyoutProps) {
  const [cluster = '', id = ''] = finding.split('/')
  const { finding: read, fix, object } = useRemediation(cluster, id, at)
  return (
    <Flyout
      label="Finding"
      close={close}
      title={read.data ? <Title finding={read.data} at={at} /> : <h2>Finding</h2>}
      actions={
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Previous finding"
            title="k"
            onClick={() => press('k')}
          >
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Next finding"
            title="j"
            onClick={() => press('j')}
          >
            <IconChevronDown size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Copy the address"
            title="Copy the address"
            onClick={() => void navigator.clipboard.writeText(location.href)}
          >
            <IconLink size={16} />
          </ActionIcon>
        </>
      }
    >
      <Read query={read} rows={12}>
        {whole => <Parts finding={whole} fix={fix} object={object} at={at} part={part} onPart={onPart} />}
      </Read>
    </Flyout>
  )
}

interface TitleProps {
  readonly finding: WholeFinding
  readonly at: string | undefined
}

const Title = ({ finding, at }: TitleProps) => (
  <>
    <div className={styles.badges}>
      <SeverityBadge severity={finding.severity} />
      {finding.state === 'resolved' ? (
        <span className={styles.resolved}>Resolved</span>
      ) : (
        <OutcomeBadge outcome={outcomeOf(finding)} />
      )}
      <span className={styles.faint}>
        open since <Time at={finding.openedAt} />
        {finding.reopened > 0 && `, reopened ${finding.reopened}×`}
      </span>
    </div>
    <h2 className={styles.title}>{finding.rule.title}</h2>
    <p className={styles.where}>
      {finding.resource.key === '' ? (
        <span>{resourceName(finding)}</span>
      ) : (
        <Link
          to="/inventory/$cluster/$key"
          params={{ cluster: finding.cluster.id, key: finding.resource.key }}
          search={present({ at })}
          title={finding.resource.key}
        >
          {finding.resource.kind} {resourceName(finding)}
        </Link>
      )}
      {finding.discriminator && <span>{finding.discriminator}</span>}
      <Link to="/clusters/$cluster" params={{ cluster: finding.cluster.id }}>
        {finding.cluster.name}
      </Link>
    </p>
  </>
)

interface PartsProps extends Pick<ReturnType<typeof useRemediation>, 'fix' | 'object'> {
  readonly finding: WholeFinding
  readonly at: string | undefined
  readonly part: Part | undefined
  readonly onPart: (part: Part | undefined) => void
}

function Parts({ finding, fix, object, at, part, onPart }: PartsProps) {
  const { resource } = finding
  const text = JSON.stringify(finding, null, 2)
  return (
    <>
      {at === undefined && <DecisionBar finding={finding} />}
      <Tabs
        value={part ?? 'finding'}
        onChange={value => onPart(partNames.find(one => one === value))}
        keepMounted={false}
        className={styles.tabs}
      >
        <Tabs.List>
          <Tabs.Tab value="finding">Finding</Tabs.Tab>
          <Tabs.Tab value="object" disabled={resource.key === ''}>
            Object
          </Tabs.Tab>
          <Tabs.Tab value="controls">
            Controls <span className={styles.faint}>{finding.controls.length}</span>
          </Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="finding">
          <Remediation finding={finding} fix={fix} object={object.data} isUnderTitle />
        </Tabs.Panel>
        <Tabs.Panel value="object">
          {object.fetchStatus === 'idle' && object.data === undefined && !object.error ? (
            <p className={styles.note}>The resource is no longer there.</p>
          ) : object.isPending ? (
            <Loading rows={12} />
          ) : (
            <Read query={object}>
              {whole => (
                <>
                  <div className={styles.tools}>
                    <CopyButton text={yamlText(whole)} label="Copy YAML" isWide />
                  </div>
                  <YamlView text={yamlText(whole)} marks={marksOf(whole, finding)} label="Object" />
                </>
              )}
            </Read>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="controls">
          <ControlsPart controls={finding.controls} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryPart finding={finding} />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <div className={styles.tools}>
            <CopyButton text={text} label="Copy JSON" isWide />
          </div>
          <pre className={styles.json} tabIndex={0}>
            {text}
          </pre>
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

const partNames = ['object', 'controls', 'history', 'json'] as const
