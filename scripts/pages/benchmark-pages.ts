// Benchmark pages: what each edition's controls are decided by, one Markdown page a family.

import type { Control, Edition, Undecided } from '../../packages/core/src/model/benchmark.ts'

/** Pages `docs/benchmarks/<family>.md` by path: counts for every edition, and every control of the newest. */
export function benchmarkPages(editions: readonly Edition[]): [string, string][] {
  const families = new Map<string, Edition[]>()
  for (const edition of editions) {
    const family = families.get(edition.benchmark)
    if (family) family.push(edition)
    else families.set(edition.benchmark, [edition])
  }
  return [...families].map(([family, own]) => [`docs/benchmarks/${family}.md`, page(family, own)])
}

type State = 'decided' | 'partly' | 'person' | 'node' | 'cloud' | 'provider' | 'absent'

const columns: readonly (readonly [State, string])[] = [
  ['decided', 'decided'],
  ['partly', 'in part'],
  ['node', 'for the node collector'],
  ['cloud', 'for the cloud collector'],
  ['person', 'attested by a person'],
  ['provider', 'run by the provider'],
  ['absent', 'not there'],
]

function page(family: string, editions: readonly Edition[]): string {
  const newest = editions.at(-1) as Edition
  const used = columns.filter(([state]) => editions.some(edition => countOf(edition, state) > 0))
  const lines = [
    `# ${family}`,
    '',
    'Generated from the catalogue. *In part*: a rule decides it when it fails; when it passes, something is still open.',
    '',
    row('edition', 'controls', ...used.map(([, title]) => title)),
    row('---', '---', ...used.map(() => '---')),
    ...editions.map(edition =>
      row(edition.edition, edition.controls.length, ...used.map(([state]) => countOf(edition, state))),
    ),
    '',
    `## ${newest.title}`,
    '',
    `Source: ${newest.source}.${scopeOf(newest)}`,
    ...newest.sections.flatMap(({ id, title }) => [
      '',
      `### ${/^[0-9.]+$/.test(id) ? `${id} ` : ''}${title}`,
      '',
      row('control', 'title', 'label', 'decided by'),
      row('---', '---', '---', '---'),
      ...newest.controls
        .filter(({ section }) => section === id)
        .map(control => row(control.id, control.title, labelOf(control), answerOf(control))),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`

const countOf = (edition: Edition, state: State) =>
  edition.controls.filter(control => stateOf(control) === state).length

function stateOf({ rules, undecided }: Control): State {
  if (rules.length > 0 && rules.every(({ needs }) => needs !== undefined)) return 'person'
  if (rules.length > 0) return undecided ? 'partly' : 'decided'
  if (undecided === undefined || 'manual' in undecided) return 'person'
  if ('notApplicable' in undecided) return undecided.notApplicable === 'absent' ? 'absent' : 'provider'
  return undecided.notCollected === 'control-plane' ? 'node' : undecided.notCollected
}

function scopeOf({ distributions, kubernetes }: Edition): string {
  const where = distributions === undefined ? '' : ` For ${distributions.join(', ')}.`
  if (kubernetes === undefined) return where
  const { min, max } = kubernetes
  return `${where} Written for Kubernetes ${min === max ? min : `${min} to ${max}`}.`
}

const labelOf = ({ automated, level }: Control) =>
  `${automated ? 'automated' : 'manual'}${level === undefined ? '' : `, level ${level}`}`

function answerOf({ rules, undecided }: Control): string {
  const told = rules.map(
    ({ rule, needs }) => `\`${rule}\`${needs === undefined ? '' : ` (once \`${needs}\` is set)`}`,
  )
  const named = [...new Set(told)].join(', ')
  if (!undecided) return named
  return named === '' ? reasonOf(undecided) : `${named}; open: ${reasonOf(undecided)}`
}

function reasonOf(undecided: Undecided): string {
  if ('manual' in undecided) return `for a person: ${undecided.manual}`
  if ('notApplicable' in undecided) return `not applicable: ${undecided.why}`
  return undecided.why
}
