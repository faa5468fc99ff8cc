// Words of findings: names of the fields that they are grouped and narrowed by, of triage states, and of outcomes.

import type { Finding, FindingGroups, Triage } from '@plimsoll/core/contract/client'
import { type Outcome, outcomeWord, severityWord } from '../../parts/badges.tsx'
import { editionName } from '../../parts/words.ts'

export type GroupField = FindingGroups['items'][number]['keys'][number]['field']

export const fieldWords: Readonly<Record<GroupField, string>> = {
  severity: 'Severity',
  state: 'State',
  outcome: 'Outcome',
  rule: 'Rule',
  section: 'Section',
  kind: 'Kind',
  cluster: 'Cluster',
  namespace: 'Namespace',
  resource: 'Resource',
  root: 'Root cause',
  'root.kind': 'Kind of root',
  triage: 'Triage',
  assignee: 'Owner (assignee)',
}

export const groupFields = Object.keys(fieldWords) as GroupField[]

/** Fields of a text that names up to three, separated by commas; unknown ones are passed over. */
export const groupFieldsIn = (text: string | undefined): GroupField[] =>
  [...new Set((text ?? '').split(','))]
    .flatMap(word => groupFields.filter(field => field === word))
    .slice(0, 3)

export const triageWords: Readonly<Record<Triage, string>> = {
  new: 'New',
  acknowledged: 'Acknowledged',
  'in-progress': 'In progress',
  fixed: 'Fixed',
  'false-positive': 'False positive',
}
export const triages = Object.keys(triageWords) as Triage[]
export const triageWord = (triage: string): string => triageWords[triage as Triage] ?? triage

const nothing: Readonly<Partial<Record<GroupField, string>>> = {
  section: 'In no section',
  namespace: 'No namespace',
  kind: 'No resource',
  resource: 'No resource',
  assignee: 'Nobody',
  root: 'No root cause',
  'root.kind': 'No root cause',
}
const stateWords: Readonly<Record<string, string>> = {
  open: 'Open',
  excepted: 'Excepted',
  resolved: 'Resolved',
}

/** The value of a field as people read it. */
export function valueWord(field: GroupField, value: string | null, label: string): string {
  if (value === null || value === '') return nothing[field] ?? 'None'
  if (field === 'severity') return severityWord[value as keyof typeof severityWord] ?? value
  if (field === 'outcome') return outcomeWord(value as Outcome)
  if (field === 'state') return stateWords[value] ?? value
  if (field === 'triage') return triageWord(value)
  if (field === 'section') {
    const [benchmark = '', edition = ''] = value.slice(0, value.indexOf('/')).split('@')
    return `${editionName({ benchmark, edition })} · ${label}`
  }
  return label
}

/** What a finding counts as: its outcome, but for what is excepted. */
export const outcomeOf = ({ state, outcome }: Pick<Finding, 'state' | 'outcome'>): Outcome =>
  state === 'excepted' ? 'excepted' : outcome

export const keyOf = ({ cluster, id }: Pick<Finding, 'cluster' | 'id'>): string => `${cluster.id}/${id}`

/** `shop/web`; the name alone of what lies in no namespace, the cluster of what is no resource. */
export const resourceName = ({ resource, cluster }: Pick<Finding, 'resource' | 'cluster'>): string =>
  [resource.namespace, resource.name].filter(part => part !== '').join('/') || cluster.name

/** What is read anew after a finding was changed. */
export const touched = [
  'listFindings',
  'getFinding',
  'countFindings',
  'findingFacets',
  'groupFindings',
  'listFindingNotes',
  'listExceptions',
  'getException',
] as const
