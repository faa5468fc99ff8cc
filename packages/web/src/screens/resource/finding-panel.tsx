// Finding panel: the remediation of one finding of the resource, beside it.

import { Link } from '@tanstack/react-router'
import { atPart } from '../../data/as-of.ts'
import { useRemediation } from '../../data/remediation.ts'
import { Flyout } from '../../parts/flyout.tsx'
import { Remediation } from '../../parts/remediation.tsx'
import { Read } from '../../parts/states.tsx'

interface FindingPanelProps {
  readonly cluster: string
  readonly id: string
  /** The day or instant that is shown. */
  readonly at: string | undefined
  readonly close: () => void
}

export function FindingPanel({ cluster, id, at, close }: FindingPanelProps) {
  const { finding, fix, object } = useRemediation(cluster, id, at)
  return (
    <Flyout
      label="Remediation"
      title={<h2>{finding.data?.rule.title ?? 'Finding'}</h2>}
      actions={
        <Link
          to="/findings"
          search={{ q: `id : ${JSON.stringify(id)}`, finding: `${cluster}/${id}`, ...atPart(at) }}
        >
          Open the finding
        </Link>
      }
      close={close}
    >
      <Read query={finding}>{data => <Remediation finding={data} fix={fix} object={object.data} />}</Read>
    </Flyout>
  )
}
