// Remediation: how one finding is mended in its object: what was found and where, the way, the patch as a difference, and why it matters.

import type { FindingFix, WholeFinding } from '@plimsoll/core/contract/client'
import type { ReactNode } from 'react'
import { OutcomeBadge, SeverityBadge } from './badges.tsx'
import { CopyButton } from './copy-button.tsx'
import { DiffView } from './diff-view.tsx'
import { EvidenceTable } from './evidence-table.tsx'
import {
  kubectlPatch,
  lineOf,
  type Operation,
  patched,
  patchText,
  segmentsOf,
  yamlText,
} from './object-text.ts'
import styles from './plain-table.module.css'
import { Failure, Loading } from './states.tsx'
import { YamlView } from './yaml-view.tsx'

interface RemediationProps {
  readonly finding: WholeFinding
  /** `idle` where there can be no patch: of what does not fail, is resolved, or is shown as it was. */
  readonly fix: {
    readonly data: FindingFix | undefined
    readonly fetchStatus: 'fetching' | 'paused' | 'idle'
    readonly error: Error | null
    readonly refetch: () => unknown
  }
  /** Undefined where it is not read yet, or there is none. */
  readonly object: unknown
  /** True where what the finding is stands above already. */
  readonly isUnderTitle?: boolean
}

export const Remediation = ({ finding, fix, object, isUnderTitle = false }: RemediationProps) => (
  <div className={isUnderTitle ? styles.under : undefined}>
    {!isUnderTitle && (
      <p className={styles.row}>
        <SeverityBadge severity={finding.severity} />
        <OutcomeBadge outcome={finding.state === 'excepted' ? 'excepted' : finding.outcome} />
        <span className={styles.fine}>
          {finding.resource.kind} {finding.resource.namespace && `${finding.resource.namespace}/`}
          {finding.resource.name} in {finding.cluster.name}
        </span>
      </p>
    )}
    <Section title="Evidence" isRegion>
      <div className={styles.lines}>
        {finding.reason && <p className={styles.quoted}>{finding.reason}</p>}
        {finding.evidence.length === 0 && !finding.reason && (
          <p className={styles.fine}>The rule names no place.</p>
        )}
        {finding.evidence.length > 0 && <EvidenceTable evidence={finding.evidence} />}
        {object !== undefined && finding.evidence.length > 0 && (
          <YamlView
            label="Where it stands"
            text={yamlText(object)}
            around={3}
            marks={marksOf(object, finding)}
          />
        )}
      </div>
    </Section>
    <Section title="How to fix" isRegion>
      <div className={styles.lines}>
        <p>{finding.remediation}</p>
        {finding.root.key !== '' && finding.root.key !== finding.resource.key && (
          <p className={styles.fine}>
            It comes from <code>{finding.root.key}</code>: change it there, or what makes it puts it back.
          </p>
        )}
        {fix.data === undefined && fix.fetchStatus === 'fetching' && <Loading rows={4} />}
        {fix.error && <Failure error={fix.error} retry={() => void fix.refetch()} />}
        {fix.data?.operations && <Patch finding={finding} object={object} operations={fix.data.operations} />}
        {fix.data?.reason && <p className={styles.fine}>{noPatch[fix.data.reason]}</p>}
      </div>
    </Section>
    <Section title="Why it matters" isRegion>
      <p>{finding.rationale}</p>
    </Section>
  </div>
)

const noPatch: Readonly<Record<NonNullable<FindingFix['reason']>, string>> = {
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
  return (
    <>
      <div className={styles.row}>
        <CopyButton text={kubectlPatch(finding.resource, operations)} label="Copy kubectl command" isWide />
        <CopyButton text={patchText(operations, 2)} label="Copy JSON patch" isWide />
        {after !== undefined && <CopyButton text={`${yamlText(after)}\n`} label="Copy mended YAML" isWide />}
      </div>
      {after === undefined ? (
        <YamlView text={patchText(operations, 2)} marks={[]} label="Patch" />
      ) : (
        <DiffView before={yamlText(object)} after={yamlText(after)} label="What the patch changes" />
      )}
    </>
  )
}

interface SectionProps {
  readonly title: string
  /** True where one goes to it as a place of the page. */
  readonly isRegion?: boolean
  readonly children: ReactNode
}

export const Section = ({ title, isRegion = false, children }: SectionProps) => (
  <section className={styles.part} {...(isRegion && { 'aria-label': title })}>
    <h3>{title}</h3>
    {children}
  </section>
)

/** The lines of an object that a finding speaks of, each once, with what was expected there. */
export function marksOf(object: unknown, finding: Pick<WholeFinding, 'evidence' | 'severity'>) {
  const notes = new Map<number, string[]>()
  for (const { path, expected } of finding.evidence) {
    const line = lineOf(object, segmentsOf(path))
    notes.set(line, [...(notes.get(line) ?? []), expected])
  }
  return [...notes].map(([line, said]) => ({
    line,
    severity: finding.severity,
    note: `Expected: ${[...new Set(said)].join('; ')}`,
  }))
}
