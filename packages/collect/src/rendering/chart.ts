// Chart: renders a Helm chart with the real helm, as it would be installed with its own values or those given.

import { basename, join } from 'node:path'
import { isRecord, readYaml } from '@plimsoll/core'
import { readContent } from '../files/content.ts'
import { chartFile } from '../files/file-names.ts'
import { splitHelmOutput } from './helm-output.ts'
import { type Rendered, shorten } from './rendered.ts'
import type { Sandbox } from './sandbox.ts'
import type { Tool } from './tools.ts'

export interface ChartCall {
  /** Absolute path of the chart's folder or archive. */
  readonly chart: string
  /** The same as the user would type it, for messages. */
  readonly shown: string
  /** Absolute paths of values files. */
  readonly values: readonly string[]
  readonly helm: Tool
  readonly signal?: AbortSignal
}

/** Renders a chart. Never rejects. */
export async function renderChart(call: ChartCall, sandbox: Sandbox): Promise<Rendered> {
  const { chart, shown, values, helm, signal } = call
  const facts = chart.endsWith('.tgz') ? { name: archiveName(chart) } : await readChartFile(chart)
  if ('problem' in facts) return { type: 'not-rendered', why: facts.problem }
  if (facts.isLibrary)
    return { type: 'nothing', why: 'it is a library chart, which holds no objects of its own' }
  if ('missing' in helm)
    return {
      type: 'not-rendered',
      why: `${helm.missing}; install helm, or render it yourself and pipe that to -`,
    }
  const args = ['template', releaseName(facts.name), chart, '--namespace', 'default', '--include-crds']
  const outcome = await sandbox.run(
    helm.path,
    [...args, ...values.flatMap(file => ['--values', file])],
    signal,
  )
  if (outcome.ok) return { type: 'rendered', texts: splitHelmOutput(outcome.stdout) }
  const complaint = outcome.stderr.trim() === '' ? outcome.problem : shorten(outcome.stderr)
  const hint = /missing in charts\/ directory/.test(outcome.stderr)
    ? `; its dependencies are not fetched here: run \`helm dependency build ${shown}\` first`
    : ''
  return { type: 'not-rendered', why: `helm says: ${complaint}${hint}` }
}

interface ChartFacts {
  readonly name: string
  readonly isLibrary?: boolean
}

async function readChartFile(chart: string): Promise<ChartFacts | { readonly problem: string }> {
  const content = await readContent(join(chart, chartFile))
  if (content.type !== 'whole') {
    const why = content.type === 'large' ? 'it is too large' : content.problem
    return { problem: `its Chart.yaml cannot be read: ${why}` }
  }
  const reading = readYaml(content.bytes.toString('utf8'))
  if ('failure' in reading) {
    const { message, line, column } = reading.failure
    return { problem: `its Chart.yaml is not valid YAML: ${line}:${column}: ${message}` }
  }
  const { value } = reading
  const { name, type } = isRecord(value) ? value : {}
  return { name: typeof name === 'string' ? name : basename(chart), isLibrary: type === 'library' }
}

const archiveName = (path: string): string => basename(path, '.tgz').replace(/-\d.*$/, '')

/** A release is named after its chart: charts then name their objects without repeating it. */
function releaseName(chart: string): string {
  const name = chart.toLowerCase().slice(0, 53)
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) ? name : 'release'
}
