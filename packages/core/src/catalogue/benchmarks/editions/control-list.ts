// Control list: the sections and controls of an edition as compact data, and how a newer edition is told by what changed.

import type { RequirementKey } from '../requirements/table.ts'

/** The benchmark's own labels: A or M for automated or manual, and the level where it is known. */
export type Label = `${'A' | 'M'}${'' | '1' | '2'}`

export interface Row {
  readonly key: RequirementKey
  readonly label: Label
  /** Its number where that is not its place in the section. */
  readonly id?: string
}

export interface ListedSection {
  readonly id: string
  readonly title: string
  readonly rows: readonly Row[]
}

/** Computed when asked for, so that an edition that nobody uses costs nothing. */
export type ControlList = () => readonly ListedSection[]

type Labelled = Readonly<Partial<Record<RequirementKey, Label>>>

/** A list whose numbers are the places in their sections; a heading is the section’s id and title: `4.1 Files of nodes`. */
export function listControls(sections: Readonly<Record<string, Labelled>>): ControlList {
  return () =>
    Object.entries(sections).map(([heading, rows]) => ({ ...parseHeading(heading), rows: rowsOf(rows) }))
}

/** A list whose controls bear their own ids. */
export function listNumbered(
  sections: Readonly<Record<string, Readonly<Record<string, readonly [RequirementKey, Label]>>>>,
): ControlList {
  return () =>
    Object.entries(sections).map(([heading, rows]) => ({
      ...parseHeading(heading),
      rows: Object.entries(rows).map(([id, [key, label]]) => ({ id, key, label })),
    }))
}

/** What a newer edition changed, done in this order. A key that the older one lacks is an error. */
export interface Changes {
  /** Controls that are gone, the later one where there are two; those behind them move up. */
  readonly removed?: readonly RequirementKey[]
  /** Controls in whose place another stands, with the same label. */
  readonly replaced?: Readonly<Partial<Record<RequirementKey, RequirementKey>>>
  /** New controls, by the one that they come after. */
  readonly added?: Readonly<Partial<Record<RequirementKey, Labelled>>>
  /** New sections by heading; or, under a heading that is there, controls at its end. */
  readonly sections?: Readonly<Record<string, Labelled>>
  /** Sections that bear another id now. */
  readonly renumbered?: Readonly<Record<string, string>>
  /** Controls with another label, by that label. */
  readonly relabelled?: Readonly<Partial<Record<Label, readonly RequirementKey[]>>>
  /** True where no source that can be relied on gives levels. */
  readonly withoutLevels?: true
  /** Ids that are not the place in the section; of this edition alone. */
  readonly numbers?: Readonly<Partial<Record<RequirementKey, string>>>
}

/** The list of a newer edition. */
export function changeControls(older: ControlList, changes: Changes): ControlList {
  return () => {
    const sections = older().map(section => ({
      ...section,
      rows: section.rows.map(({ key, label }) => ({ key, label })),
    }))
    const draft = new Draft(sections)
    for (const key of changes.removed ?? []) draft.remove(key)
    for (const [key, by] of entriesOf(changes.replaced ?? {})) draft.at(key).key = by
    for (const [key, rows] of entriesOf(changes.added ?? {})) draft.insert(key, rowsOf(rows))
    for (const [heading, rows] of Object.entries(changes.sections ?? {})) draft.append(heading, rowsOf(rows))
    for (const [id, now] of Object.entries(changes.renumbered ?? {})) draft.section(id).id = now
    for (const [label, keys] of Object.entries(changes.relabelled ?? {}))
      for (const key of keys) draft.at(key).label = label as Label
    if (changes.withoutLevels) draft.dropLevels()
    for (const [key, id] of entriesOf(changes.numbers ?? {})) draft.at(key).id = id
    return draft.finished()
  }
}

interface DraftRow {
  key: RequirementKey
  label: Label
  id?: string
}

interface DraftSection {
  id: string
  readonly title: string
  readonly rows: DraftRow[]
}

/** A list under change. */
class Draft {
  private readonly sections: DraftSection[]

  constructor(sections: DraftSection[]) {
    this.sections = sections
  }

  section(id: string): DraftSection {
    const found = this.sections.find(section => section.id === id && section.rows.length > 0)
    if (!found) throw new Error(`the older edition has no section ${id}`)
    return found
  }

  at(key: RequirementKey): DraftRow {
    const { section, index } = this.placeOf(key)
    return section.rows[index] as DraftRow
  }

  remove(key: RequirementKey): void {
    const { section, index } = this.placeOf(key)
    section.rows.splice(index, 1)
  }

  insert(after: RequirementKey, rows: readonly DraftRow[]): void {
    const { section, index } = this.placeOf(after)
    section.rows.splice(index + 1, 0, ...rows)
  }

  append(heading: string, rows: readonly DraftRow[]): void {
    const { id, title } = parseHeading(heading)
    const there = this.sections.find(section => section.id === id)
    if (there) there.rows.push(...rows)
    else this.sections.push({ id, title, rows: [...rows] })
  }

  dropLevels(): void {
    for (const { rows } of this.sections)
      for (const row of rows) row.label = row.label.startsWith('A') ? 'A' : 'M'
  }

  finished(): readonly ListedSection[] {
    return this.sections.filter(({ rows }) => rows.length > 0).sort((a, b) => compareIds(a.id, b.id))
  }

  private placeOf(key: RequirementKey): { readonly section: DraftSection; readonly index: number } {
    for (const section of this.sections) {
      const index = section.rows.findLastIndex(row => row.key === key)
      if (index >= 0) return { section, index }
    }
    throw new Error(`the older edition has no ${key}`)
  }
}

const entriesOf = <V>(record: Readonly<Partial<Record<RequirementKey, V>>>) =>
  Object.entries(record) as [RequirementKey, V][]

const rowsOf = (rows: Labelled): DraftRow[] => entriesOf<Label>(rows).map(([key, label]) => ({ key, label }))

function parseHeading(heading: string): { readonly id: string; readonly title: string } {
  const space = heading.indexOf(' ')
  return { id: heading.slice(0, space), title: heading.slice(space + 1) }
}

/** 4.2 before 4.10. */
function compareIds(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
