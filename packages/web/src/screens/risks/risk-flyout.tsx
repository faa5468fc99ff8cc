// Risk flyout: the requirements that a risk breaks, their remediation, and what is wrong with the resource.

import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useThing } from '../../data/read.ts'
import { OutcomeBadge, SeverityBadge } from '../../parts/badges.tsx'
import { Flyout } from '../../parts/flyout.tsx'
import { Read } from '../../parts/states.tsx'
import { actualText, editionName } from '../../parts/words.ts'
import type { Action } from './action-dialogs.tsx'
import styles from './risks.module.css'
import type { StandardFacts } from './standard-facts.ts'

interface RiskFlyoutProps {
  /** `<cluster>/<id>` */
  readonly risk: string
  readonly edition: { readonly benchmark: string; readonly edition: string }
  readonly controlsOf: StandardFacts['controlsOf']
  readonly onAct?: (action: Action) => void
  readonly close: () => void
}

export function RiskFlyout({ risk, edition, controlsOf, onAct, close }: RiskFlyoutProps) {
  const [cluster = '', id = ''] = risk.split('/')
  const read = useThing('getFinding', cluster, id)
  return (
    <Flyout label="Risk" close={close} title={<h2>{read.data?.rule.title ?? 'Risk'}</h2>}>
      <Read query={read} rows={10}>
        {finding => {
          const controls = controlsOf.get(finding.rule.id) ?? []
          const type = finding.state === 'excepted' ? 'unsuppress' : 'suppress'
          const canAct =
            finding.state === 'excepted' || (finding.state === 'open' && finding.outcome === 'fail')
          return (
            <>
              <div className={styles.badges}>
                <SeverityBadge severity={finding.severity} />
                <OutcomeBadge outcome={finding.state === 'excepted' ? 'excepted' : finding.outcome} />
                <span>{finding.resource.key || finding.cluster.name}</span>
                <span className={styles.faint}>{finding.cluster.name}</span>
              </div>
              {controls.map(({ id: control, title, remediation, severity }) => (
                <section key={control} className={styles.part} aria-label={`Requirement ${control}`}>
                  <h3>
                    {editionName(edition)} · <code>{control}</code>
                  </h3>
                  <p>
                    <strong>{title}</strong> <SeverityBadge severity={severity} />
                  </p>
                  {remediation && <p>{remediation}</p>}
                  <Link to="/compliance/$benchmark/$edition" params={edition}>
                    Open the standard
                  </Link>
                </section>
              ))}
              <section className={styles.part} aria-label="Issue">
                <h3>Issue</h3>
                <p>{finding.rationale}</p>
                <ul className={styles.evidence}>
                  {finding.evidence.map(({ path, actual, expected }) => (
                    <li key={`${path} ${expected}`}>
                      <code>{path}</code> is <code className={styles.actual}>{actualText(actual)}</code>,
                      expected {expected}
                    </li>
                  ))}
                </ul>
              </section>
              <section className={styles.part} aria-label="Remediation">
                <h3>Remediation</h3>
                <p>{finding.remediation}</p>
                <div className={styles.actions}>
                  <Button
                    variant="default"
                    renderRoot={props => (
                      <Link
                        to="/findings"
                        search={{ q: `id : ${JSON.stringify(id)}`, finding: risk }}
                        {...props}
                      />
                    )}
                  >
                    View the remediation
                  </Button>
                  {canAct && onAct && (
                    <Button variant="default" onClick={() => onAct({ type, finding })}>
                      {type === 'suppress' ? 'Suppress' : 'Unsuppress'}
                    </Button>
                  )}
                </div>
              </section>
            </>
          )
        }}
      </Read>
    </Flyout>
  )
}
