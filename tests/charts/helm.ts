/** Helm: renders the charts of this repository by real helm, of both majors, to objects and to text that can be compared. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { dump, loadAll } from 'js-yaml'
import { root } from '../../scripts/modules.ts'
import { kubeCli } from '../../tools/kube-cli/kube-cli.ts'

export interface KubeObject {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> }
  readonly [field: string]: unknown
}

/** Values of a chart by their path, as `--set-json` takes them. */
export type Values = Readonly<Record<string, unknown>>

const run = promisify(execFile)
const cli = await kubeCli()
if (!cli.available) process.stderr.write(`skipped charts (${cli.reason}): ${cli.detail}\n`)

export const hasHelm = cli.available
/** Paths of helm 4 and helm 3; none where they cannot be had. */
export const helms: readonly string[] = cli.available ? [cli.helm, cli.helm3] : []
/** The folder of a chart. */
export const chartFolder = (name: string) => `${root}/charts/${name}`

/** What helm writes for a chart of that name, released under the same into namespace `plimsoll`. Rejects with its message where it refuses. */
export async function template(helm: string, chart: string, values: Values): Promise<string> {
  const settings = Object.entries(values).flatMap(([path, value]) => [
    '--set-json',
    `${path}=${JSON.stringify(value)}`,
  ])
  const args = ['template', chart, chartFolder(chart), '--namespace', 'plimsoll', ...settings]
  return (await run(helm, args, { maxBuffer: 1 << 26 })).stdout
}

/** The objects of a rendered chart, in helm's order. */
export const objectsOf = (text: string): readonly KubeObject[] =>
  (loadAll(text) as (KubeObject | null)[]).filter(one => one !== null)

/** Objects as one YAML text in which neither the order of objects, of fields nor the chart's layout counts. */
export const canonical = (objects: readonly KubeObject[]): string =>
  [...objects]
    .sort((a, b) => (`${a.kind}/${a.metadata.name}` < `${b.kind}/${b.metadata.name}` ? -1 : 1))
    .map(object => `---\n${dump(object, { sortKeys: true, lineWidth: -1, noRefs: true })}`)
    .join('')
