// Agent rights: the rights of the agent's chart by slices, and the page that tells what each of them buys.

import { type Permission, roleRulesOf } from '../../packages/core/src/install/permissions.ts'
import { slices } from '../../packages/core/src/model/slice.ts'
import { yamlText } from '../../packages/core/src/report/yaml-text.ts'

const made = 'by `npm run generate` from what rules and the inventory read.'

/** `files/rights.yaml` of the chart: rules of its ClusterRole by slice, and the slices that may be left out, in order. */
export const rightsFile = (permissions: readonly Permission[]): string =>
  `# Rights of the agent by slice. Generated ${made}\n${yamlText({
    order: slices.map(({ id }) => id).filter(id => id !== 'cluster'),
    slices: Object.fromEntries(
      slices.map(({ id }) => [id, roleRulesOf(permissions.filter(({ slice }) => slice === id))]),
    ),
  })}\n`

const begin = '<!-- rights: generated -->'
const end = '<!-- /rights -->'

/** The page with the table of slices between its marks brought up to date. Throws where it has no marks. */
export function withRights(page: string, permissions: readonly Permission[]): string {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`the page has no ${begin} … ${end}`)
  const rows = slices.map(({ id, buys, isDefault }) => {
    const own = permissions.filter(({ slice }) => slice === id)
    const rules = new Set(own.flatMap(one => one.rules))
    const resources = [
      ...new Set(own.map(({ group, resource }) => (group ? `${resource}.${group}` : resource))),
    ]
    const isAlways = id === 'cluster'
    return `| \`${id}\` | ${isAlways ? 'always' : isDefault ? 'on' : 'off'} | ${buys} | ${rules.size} | ${listed(resources)} |`
  })
  const table = ['| slice | | what it buys | rules | resources |', '| --- | --- | --- | --- | --- |', ...rows]
  return `${page.slice(0, from)}${begin}\n${table.join('\n')}\n${page.slice(to)}`
}

const listed = (resources: readonly string[]): string => {
  const shown = resources.slice(0, 12).map(one => `\`${one}\``)
  const more = resources.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
