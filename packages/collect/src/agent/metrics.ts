// Metrics: what the agent counts, in Prometheus' text format.

export type Metric = readonly [
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  value: number | undefined,
  labels?: Readonly<Record<string, string>>,
]

/** A metric without a value is left out. Those of one name stand together. */
export function metricsText(metrics: readonly Metric[]): string {
  const lines: string[] = []
  const headed = new Set<string>()
  for (const [name, type, help, value, labels = {}] of metrics) {
    if (value === undefined) continue
    if (!headed.has(name)) lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`)
    headed.add(name)
    const told = Object.entries(labels).map(([key, text]) => `${key}=${JSON.stringify(text)}`)
    lines.push(`${name}${told.length > 0 ? `{${told.join(',')}}` : ''} ${value}`)
  }
  return `${lines.join('\n')}\n`
}
