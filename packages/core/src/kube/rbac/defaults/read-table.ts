// Read table: reads the tables of roles that the API server makes.
//
// A line that begins at the margin names a role, and after `←` the label from which it gathers rules, after `→` the label by which others
// gather its own. Lines below it are its rules: `verbs | groups | resources | names`, or `verbs | URLs`.

import type { PolicyRule } from '../kinds.ts'

export interface DefaultRole {
  readonly rules: readonly PolicyRule[]
  /** What stands in its selector after `rbac.authorization.k8s.io/aggregate-to-`. */
  readonly gathersFrom: string | undefined
  readonly gatheredBy: string | undefined
}

/** Words for several verbs. */
const verbsOf: Readonly<Record<string, readonly string[]>> = {
  read: ['get', 'list', 'watch'],
  write: ['create', 'update', 'patch', 'delete', 'deletecollection'],
}

/** The roles of a table by name. */
export function readTable(table: string): Map<string, DefaultRole> {
  const roles = new Map<string, DefaultRole & { rules: PolicyRule[] }>()
  let rules: PolicyRule[] = []
  for (const line of table.split('\n')) {
    if (line === '') continue
    if (line.startsWith(' ')) {
      rules.push(readRule(line))
      continue
    }
    rules = []
    const [name = ''] = line.split(' ', 1)
    roles.set(name, { rules, gathersFrom: wordAfter(line, '←'), gatheredBy: wordAfter(line, '→') })
  }
  return roles
}

function readRule(line: string): PolicyRule {
  const [verbs = [], first = [], resources, names] = line.split('|').map(part => part.trim().split(' '))
  const all = verbs.flatMap(verb => verbsOf[verb] ?? [verb])
  if (resources === undefined) return { verbs: all, nonResourceURLs: first }
  const apiGroups = first.map(group => (group === 'core' ? '' : group))
  return { verbs: all, apiGroups, resources, ...(names && { resourceNames: names }) }
}

function wordAfter(line: string, mark: string): string | undefined {
  return line.split(` ${mark} `)[1]?.split(' ', 1)[0]
}
