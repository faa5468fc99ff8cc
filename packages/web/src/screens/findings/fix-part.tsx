// Fix part: how a finding is mended, and where a machine knows the change: what it does to this object, to be copied.

import type { FindingFix, WholeFinding } from '@plimsoll/core/contract/client'
import { useThingIf } from '../../data/read.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { DiffView } from '../../parts/diff-view.tsx'
import { kubectlPatch, type Operation, patched, patchText, yamlText } from '../../parts/object-text.ts'
import { Failure, Loading } from '../../parts/states.tsx'
import styles from './findings.module.css'

interface FixPartProps {
  readonly finding: WholeFinding
  readonly object: unknown
  /** True where it is shown as it was: a patch is for what is now. */
  readonly isPast: boolean
}

export function FixPart({ finding, object, isPast }: FixPartProps) {
  const isAsked = !isPast && finding.state !== 'resolved' && finding.outcome === 'fail'
  const fix = useThingIf(isAsked, 'getFindingFix', finding.cluster.id, finding.id)
  return (
    <section className={styles.part} aria-label="How to fix">
      <h3>How to fix</h3>
      <p>{finding.remediation}</p>
      {finding.root.key !== '' && finding.root.key !== finding.resource.key && (
        <p className={styles.note}>
          It comes from <code>{finding.root.key}</code>: change it there, or what makes it puts it back.
        </p>
      )}
      {isAsked && fix.isPending && <Loading rows={4} />}
      {fix.error && <Failure error={fix.error} retry={() => void fix.refetch()} />}
      {fix.data?.operations && <Patch finding={finding} object={object} operations={fix.data.operations} />}
      {fix.data?.reason && <p className={styles.note}>{reasons[fix.data.reason]}</p>}
    </section>
  )
}

const reasons: Readonly<Record<NonNullable<FindingFix['reason']>, string>> = {
  'not-failing': 'It no longer fails; the next assessment resolves it.',
  'no-fix': 'No change is safe to propose for every such object; the steps above need a person.',
  'no-object': 'The object is no longer kept, so no patch can be made for it.',
  changed: 'The object changed since it was judged; a patch comes with the next assessment.',
}

interface PatchProps {
  readonly finding: WholeFinding
  readonly object: unknown
  readonly operations: readonly Operation[]
}

function Patch({ finding, object, operations }: PatchProps) {
  const after = object === undefined ? undefined : patched(object, operations)
  const command = kubectlPatch(finding.resource, operations)
  return (
    <>
      <div className={styles.tools}>
        <CopyButton text={command} label="Copy kubectl command" isWide />
        <CopyButton text={patchText(operations, 2)} label="Copy JSON patch" isWide />
        {after !== undefined && <CopyButton text={`${yamlText(after)}\n`} label="Copy mended YAML" isWide />}
      </div>
      {after === undefined ? (
        <pre className={styles.json} tabIndex={0}>
          {patchText(operations, 2)}
        </pre>
      ) : (
        <DiffView before={yamlText(object)} after={yamlText(after)} label="What the patch changes" />
      )}
    </>
  )
}
