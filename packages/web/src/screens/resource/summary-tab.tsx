// Summary tab: what the resource fails, with the way to each remediation, and the facts of it.

import type { Finding, WholeResource } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import type { List } from '../../data/read.ts'
import { OutcomeBadge, SeverityBadge } from '../../parts/badges.tsx'
import { Figures, SeverityCounts, Stat } from '../../parts/bars.tsx'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { counted, wholeNumber } from '../../parts/words.ts'
import styles from './resource.module.css'

interface SummaryTabProps {
  readonly resource: WholeResource
  readonly findings: List<Finding>
  readonly onShow: (id: string) => void
}

const known = (value: number | null) => (value === null ? 'not kept' : wholeNumber(value))

export const SummaryTab = ({ resource, findings, onShow }: SummaryTabProps) => (
  <div className={styles.summary}>
    <Panel title="Open findings" aside={counted(findings.items.length, 'finding')}>
      <OpenFindings findings={findings} onShow={onShow} />
    </Panel>
    <div className={styles.side}>
      <Panel title="Rules on it">
        <Figures>
          <Stat
            name="Failed"
            value={wholeNumber(resource.failed)}
            tone={resource.failed > 0 ? 'bad' : 'plain'}
          />
          <Stat name="Passed" value={known(resource.passed)} />
          <Stat name="Excepted" value={wholeNumber(resource.excepted)} />
          <Stat name="Not evaluated" value={known(resource.notEvaluated)} />
        </Figures>
        <SeverityCounts counts={resource} />
      </Panel>
      <Panel title="Facts">
        <dl className={plain.facts}>
          <dt>API version</dt>
          <dd>{resource.apiVersion}</dd>
          <dt>Made by</dt>
          <dd>
            <code>{resource.root.key}</code>
          </dd>
          <dt>First seen</dt>
          <dd>
            <Time at={resource.firstSeen} />
          </dd>
          {Object.entries(resource.labels).map(([name, value]) => (
            <div key={name} className={styles.label}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </div>
  </div>
)

function OpenFindings({ findings, onShow }: Pick<SummaryTabProps, 'findings' | 'onShow'>) {
  if (findings.failure) return <Failure error={findings.failure} retry={findings.retry} />
  if (findings.isLoading) return <Loading />
  if (findings.items.length === 0) return <Empty title="Nothing is open on it" />
  return (
    <table className={plain.table}>
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">Outcome</th>
          <th scope="col">Rule</th>
          <th scope="col">Open since</th>
          <th scope="col" className={plain.number}>
            Action
          </th>
        </tr>
      </thead>
      <tbody>
        {findings.items.map(({ id, severity, outcome, rule, discriminator, openedAt }) => (
          <tr key={id}>
            <td>
              <SeverityBadge severity={severity} />
            </td>
            <td>
              <OutcomeBadge outcome={outcome} />
            </td>
            <td>
              <Link to="/findings" search={{ q: `id : ${JSON.stringify(id)}` }} title={rule.id}>
                {rule.title}
              </Link>{' '}
              <span className={plain.fine}>{discriminator}</span>
            </td>
            <td>
              <Time at={openedAt} />
            </td>
            <td className={plain.number}>
              <button type="button" className={plain.link} onClick={() => onShow(id)}>
                View remediation
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
