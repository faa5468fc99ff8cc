// Controls part: the controls of all standards that a finding answers, by standard.

import type { ControlRef } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { editionName } from '../../parts/words.ts'
import styles from './findings.module.css'

export function ControlsPart({ controls }: { readonly controls: readonly ControlRef[] }) {
  if (controls.length === 0)
    return <p className={styles.note}>No standard that its cluster is judged by asks for this.</p>
  const byEdition = new Map<string, ControlRef[]>()
  for (const control of controls) {
    const edition = `${control.benchmark}@${control.edition}`
    byEdition.set(edition, [...(byEdition.get(edition) ?? []), control])
  }
  return [...byEdition].map(([edition, own]) => {
    const [first] = own
    if (!first) return null
    const { benchmark } = first
    return (
      <section key={edition} className={styles.part} aria-label={editionName(first)}>
        <h3>
          <Link to="/compliance/$benchmark/$edition" params={{ benchmark, edition: first.edition }}>
            {editionName(first)}
          </Link>
        </h3>
        <ul className={styles.controls}>
          {own.map(({ control, title }) => (
            <li key={control}>
              <code>{control}</code> {title}
            </li>
          ))}
        </ul>
      </section>
    )
  })
}
