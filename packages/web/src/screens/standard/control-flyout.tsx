// Control flyout: one control: what it asks, what it came to, its results, and the remediation of one of them.

import { Button } from '@mantine/core'
import type { ComplianceControl, WholeControl } from '@plimsoll/core/contract/client'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { atPart } from '../../data/as-of.ts'
import { useThing } from '../../data/read.ts'
import { useRemediation } from '../../data/remediation.ts'
import { readScope, type ScopeText, scopePart } from '../../data/scope.ts'
import { present } from '../../data/search-params.ts'
import { OutcomeBadge, SeverityBadge } from '../../parts/badges.tsx'
import { Flyout } from '../../parts/flyout.tsx'
import { useKeys } from '../../parts/keyboard.tsx'
import plain from '../../parts/plain-table.module.css'
import { Remediation, Section } from '../../parts/remediation.tsx'
import { Read } from '../../parts/states.tsx'
import { actualText } from '../../parts/words.ts'
import { Attestations } from './attestations.tsx'
import { ClusterOutcomes } from './cluster-outcomes.tsx'
import { Results } from './results.tsx'
import type { StandardSearch } from './search.ts'
import styles from './standard.module.css'

interface ControlFlyoutProps {
  readonly benchmark: string
  readonly edition: string
  readonly control: ComplianceControl
  readonly search: StandardSearch & { readonly scope?: string | undefined }
  readonly change: (values: StandardSearch) => void
}

export function ControlFlyout({ benchmark, edition, control, search, change }: ControlFlyoutProps) {
  const asked = { ...scopePart(readScope(search.scope as ScopeText | undefined)), ...atPart(search.at) }
  const whole = useThing('getControl', benchmark, edition, control.id, asked)
  const [, cluster, id] = /^(.+)\/([^/]+)$/.exec(search.finding ?? '') ?? []
  return (
    <Flyout
      label={`Control ${control.id}`}
      title={
        <div className={styles.title}>
          <h2>
            <b>{control.id}</b> {control.title}
          </h2>
          <span className={plain.row}>
            <OutcomeBadge outcome={control.outcome} {...(control.attested > 0 && { detail: 'attested' })} />
            <SeverityBadge severity={control.severity} />
            <span className={plain.fine}>
              {control.automated ? 'Automated' : 'Manual'}
              {control.level !== null && ` · level ${control.level}`}
            </span>
          </span>
        </div>
      }
      close={() => change({ control: undefined, finding: undefined, results: undefined })}
    >
      {cluster && id ? (
        <OneRemediation
          cluster={cluster}
          id={id}
          at={search.at}
          back={() => change({ finding: undefined })}
        />
      ) : (
        <Read query={whole}>
          {data => (
            <Control benchmark={benchmark} edition={edition} control={data} search={search} change={change} />
          )}
        </Read>
      )}
    </Flyout>
  )
}

interface ControlProps {
  readonly benchmark: string
  readonly edition: string
  readonly control: WholeControl
  readonly search: ControlFlyoutProps['search']
  readonly change: ControlFlyoutProps['change']
}

function Control({ benchmark, edition, control, search, change }: ControlProps) {
  const isPersons =
    control.outcome === 'manual' ||
    control.clusters.some(({ outcome, attested }) => outcome === 'manual' || attested !== null)
  return (
    <>
      {control.reason && <p>{sentence(control.reason)}</p>}
      {isPersons && (
        <Attestations
          benchmark={benchmark}
          edition={edition}
          control={control}
          isPast={search.at !== undefined}
        />
      )}
      {control.rules.length > 0 && (
        <Section title="Results">
          <Results
            control={control}
            at={search.at}
            scope={search.scope}
            chosen={search.results ?? 'failing'}
            onChoose={results => change({ results })}
            onRemedy={finding => change({ finding })}
          />
        </Section>
      )}
      {control.remediation && <Section title="How to meet it">{control.remediation}</Section>}
      <Section title="Clusters">
        <ClusterOutcomes clusters={control.clusters} known={control.reason} />
      </Section>
      {control.rules.length > 0 && (
        <Section title="Rules that answer it">
          <ul className={styles.rules}>
            {control.rules.map(({ rule, parameters }) => (
              <li key={`${rule} ${JSON.stringify(parameters)}`}>
                <Link to="/findings" search={{ q: `rule : ${JSON.stringify(rule)}` }}>
                  <code>{rule}</code>
                </Link>
                {parameters && (
                  <span className={plain.fine}>
                    {' '}
                    {Object.entries(parameters)
                      .map(([name, value]) => `${name}: ${actualText(value)}`)
                      .join(', ')}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

interface OneRemediationProps {
  readonly cluster: string
  readonly id: string
  readonly at: string | undefined
  readonly back: () => void
}

function OneRemediation({ cluster, id, at, back }: OneRemediationProps) {
  const { finding, fix, object } = useRemediation(cluster, id, at)
  useKeys('Remediation', [{ keys: 'Backspace', says: 'Back to the results', run: back }])
  return (
    <>
      <div className={`${plain.row} ${styles.back}`}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconArrowLeft size={14} aria-hidden="true" />}
          onClick={back}
        >
          Results
        </Button>
        {finding.data && (
          <>
            <Link
              to="/inventory/$cluster/$key"
              params={{ cluster, key: finding.data.resource.key }}
              search={present({ at })}
            >
              Open the resource
            </Link>
            <Link
              to="/findings"
              search={{ q: `id : ${JSON.stringify(id)}`, finding: `${cluster}/${id}`, ...atPart(at) }}
            >
              Open the finding
            </Link>
          </>
        )}
      </div>
      <Read query={finding}>
        {data => (
          <>
            <h3>{data.rule.title}</h3>
            <Remediation finding={data} fix={fix} object={object.data} />
          </>
        )}
      </Read>
    </>
  )
}
