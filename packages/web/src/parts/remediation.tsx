// Remediation: how one finding is mended in its object: evidence, the way, the patch as a difference, the object with its lines marked.

import type { FindingFix, WholeFinding } from '@plimsoll/core/contract/client'
import type { ReactNode } from 'react'
import { OutcomeBadge, SeverityBadge } from './badges.tsx'
import { CopyButton } from './copy-button.tsx'
import { DiffView } from './diff-view.tsx'
import { EvidenceTable } from './evidence-table.tsx'
import { kubectlPatch, lineOf, patched, segmentsOf, yamlText } from './object-text.ts'
import styles from './plain-table.module.css'
import { YamlView } from './yaml-view.tsx'

type Fix = { readonly data: FindingFix | undefined; readonly isPending: boolean }
type Held = { readonly data: Readonly<Record<string, unknown>> | undefined; readonly isPending: boolean }

interface RemediationProps {
  readonly finding: WholeFinding
  readonly fix: Fix
  readonly object: Held
}

const noPatch: Readonly<Record<NonNullable<FindingFix['reason']>, string>> = {
  'not-failing': 'It does not fail now, so there is nothing to patch.',
  'no-fix': 'No patch is safe without knowing what the object is for; change it by hand as said above.',
  'no-object': 'The object is not kept, so no patch can be made for it.',
  changed: 'The object has changed since it was judged; a patch comes with the next assessment.',
}

export function Remediation({ finding, fix, object }: RemediationProps) {
  const { evidence, remediation, rationale, root, resource } = finding
  return (
    <div>
      <p className={styles.row}>
        <SeverityBadge severity={finding.severity} />
        <OutcomeBadge outcome={finding.state === 'excepted' ? 'excepted' : finding.outcome} />
        <span className={styles.fine}>
          {resource.kind} {resource.namespace && `${resource.namespace}/`}
          {resource.name} in {finding.cluster.name}
        </span>
      </p>
      {finding.reason && <Section title="Why it is not decided">{finding.reason}</Section>}
      <Section title="How to fix it">
        <p>{remediation}</p>
        {root.key !== resource.key && (
          <p className={styles.fine}>
            It is made by <code>{root.key}</code>: change it there, or it comes back.
          </p>
        )}
      </Section>
      {finding.outcome === 'fail' && <Patch {...{ finding, fix, object }} />}
      {evidence.length > 0 && (
        <Section title="Evidence">
          <EvidenceTable evidence={evidence} />
        </Section>
      )}
      {object.data && evidence.length > 0 && (
        <Section title="Where it stands">
          <YamlView
            label="Object with what was found"
            text={yamlText(object.data)}
            around={3}
            marks={marksOf(object.data, finding)}
          />
        </Section>
      )}
      <Section title="Why it matters">
        <p>{rationale}</p>
      </Section>
    </div>
  )
}

export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={styles.part}>
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

function Patch({ finding: { resource }, fix, object }: RemediationProps) {
  if (!fix.data) return null
  const { operations, reason } = fix.data
  if (!operations)
    return (
      <Section title="Patch">
        <p className={styles.fine}>{noPatch[reason ?? 'no-fix']}</p>
      </Section>
    )
  const after = object.data && patched(object.data, operations)
  return (
    <Section title="Patch">
      <div className={styles.lines}>
        {after !== undefined && (
          <DiffView label="What the patch changes" before={yamlText(object.data)} after={yamlText(after)} />
        )}
        <div className={styles.row}>
          <CopyButton isWide label="Copy kubectl patch" text={kubectlPatch(resource, operations)} />
        </div>
      </div>
    </Section>
  )
}
