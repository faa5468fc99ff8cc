// Columns of risks: severity, requirement, region, resource, issue, remediation, more, action.

import { Button } from '@mantine/core'
import type { Finding } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { SeverityBadge } from '../../parts/badges.tsx'
import type { Column } from '../../parts/virtual-table.tsx'
import type { Action } from './action-dialogs.tsx'
import styles from './risks.module.css'
import type { Control, StandardFacts } from './standard-facts.ts'

interface RiskColumnsProps extends Pick<StandardFacts, 'controlsOf'> {
  readonly onControl: (finding: Finding) => void
  /** Where who is signed in may suppress and unsuppress. */
  readonly onAct?: (action: Action) => void
}

export const riskColumns = ({
  controlsOf,
  onControl,
  onAct,
}: RiskColumnsProps): readonly Column<Finding>[] => [
  {
    id: 'severity',
    title: 'Severity',
    width: '94px',
    sort: 'severity',
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  {
    id: 'control',
    title: 'Non-compliance',
    width: 'minmax(210px, 2.2fr)',
    cell: finding => (
      <Requirement controls={controlsOf.get(finding.rule.id) ?? []} onOpen={() => onControl(finding)} />
    ),
  },
  {
    id: 'region',
    title: 'Region',
    width: 'minmax(96px, 0.8fr)',
    cell: ({ cluster }) => (
      <span title={cluster.name}>{cluster.region || <span className={styles.faint}>not known</span>}</span>
    ),
  },
  {
    id: 'resource',
    title: 'Resource',
    width: 'minmax(180px, 1.6fr)',
    sort: 'resource',
    cell: ({ resource, cluster }) =>
      resource.key === '' ? (
        <Link to="/clusters/$cluster" params={{ cluster: cluster.id }}>
          {cluster.name}
        </Link>
      ) : (
        <Link
          to="/inventory/$cluster/$key"
          params={{ cluster: cluster.id, key: resource.key }}
          title={`${resource.key} in ${cluster.name}`}
        >
          {[resource.namespace, resource.name].filter(part => part !== '').join('/')}{' '}
          <span className={styles.faint}>{resource.kind}</span>
        </Link>
      ),
  },
  {
    id: 'issue',
    title: 'Issue',
    width: 'minmax(180px, 2fr)',
    sort: 'rule',
    cell: ({ rule, reason, discriminator }) => (
      <span title={[rule.title, discriminator, reason].filter(Boolean).join(' · ')}>
        {rule.title} {discriminator && <span className={styles.faint}>{discriminator}</span>}
      </span>
    ),
  },
  {
    id: 'remediation',
    title: 'Remediation',
    width: 'minmax(180px, 2fr)',
    cell: ({ rule }) => {
      const text = remediationOf(controlsOf.get(rule.id) ?? [], rule.id)
      return <span title={text}>{text}</span>
    },
  },
  {
    id: 'more',
    title: 'Read more',
    width: '84px',
    cell: ({ cluster, id, rule, resource }) => (
      <Link
        to="/findings"
        search={{ q: `id : ${JSON.stringify(id)}`, finding: `${cluster.id}/${id}` }}
        aria-label={`Read more of ${rule.title}, ${resource.key}`}
      >
        Read more
      </Link>
    ),
  },
  {
    id: 'action',
    title: 'Action',
    width: '104px',
    cell: finding => {
      const type = finding.state === 'excepted' ? 'unsuppress' : 'suppress'
      return (
        <Button
          size="compact-xs"
          variant="default"
          disabled={!onAct}
          title={onAct ? undefined : 'Editors may do this'}
          onClick={() => onAct?.({ type, finding })}
        >
          {type === 'suppress' ? 'Suppress' : 'Unsuppress'}
        </Button>
      )
    },
  },
]

/** The rule's own words for it, which every control that it answers repeats. */
const remediationOf = (controls: readonly Control[], rule: string): string =>
  controls.flatMap(({ rules }) => rules).find(({ id }) => id === rule)?.remediation ?? ''

interface RequirementProps {
  readonly controls: readonly Control[]
  readonly onOpen: () => void
}

const Requirement = ({ controls, onOpen }: RequirementProps) => {
  const [first, ...others] = controls
  if (!first) return <span className={styles.faint}>–</span>
  return (
    <button
      type="button"
      className={styles.requirement}
      title={controls.map(({ id, title }) => `${id} ${title}`).join('\n')}
      onClick={onOpen}
    >
      <code>{first.id}</code> {first.title}
      {others.length > 0 && <span className={styles.faint}> +{others.length}</span>}
    </button>
  )
}
