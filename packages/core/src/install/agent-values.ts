// Agent values: an agent's setup as values of its Helm chart, saying nothing where the chart's own say the same.

import { sliceIds } from '../model/slice.ts'
import { type AgentSetup, slicesOn, tokenPlaceholder } from './agent-setup.ts'

/** Values by their path in the chart, such as `server.url`. */
export type AgentValues = Readonly<Record<string, unknown>>

/** The values that differ from the chart's own, by path, in the chart's order. */
export function agentValues({ server, token, cluster, options }: AgentSetup): AgentValues {
  const on = new Set(slicesOn(options))
  const { existingSecret, proxy, noProxy, extraCa, image, resync, replicas, priorityClass } = options
  return {
    'server.url': server,
    ...(existingSecret ? { 'existingSecret.name': existingSecret } : { token: token ?? tokenPlaceholder }),
    ...(cluster.name && { 'cluster.name': cluster.name }),
    ...(cluster.environment && { 'cluster.environment': cluster.environment }),
    ...(Object.keys(cluster.labels).length > 0 && { 'cluster.labels': cluster.labels }),
    ...Object.fromEntries(
      sliceIds
        .filter(id => id !== 'cluster' && on.has(id) !== (id !== 'secrets'))
        .map(id => [`slices.${id}`, on.has(id)]),
    ),
    ...(proxy && { 'proxy.url': proxy }),
    ...(proxy && noProxy.length > 0 && { 'proxy.noProxy': noProxy }),
    ...(extraCa && { 'extraCa.pem': extraCa }),
    ...(resync !== '4h' && { 'intervals.resync': resync }),
    ...(replicas !== 1 && { replicas }),
    ...(options.hostNetwork && { hostNetwork: true }),
    ...(image.repository && { 'images.agent.repository': image.repository }),
    ...(image.tag && { 'images.agent.tag': image.tag }),
    ...(image.digest && { 'images.agent.digest': image.digest }),
    ...(options.openshift && {
      'podSecurity.runAsUser': null,
      'podSecurity.runAsGroup': null,
      'podSecurity.fsGroup': null,
    }),
    ...(!options.networkPolicy && { 'networkPolicy.enabled': false }),
    ...(priorityClass && { priorityClass }),
  }
}

/** The same as a tree. */
export function valuesTree(values: AgentValues): Record<string, unknown> {
  const tree: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.')
    const last = names.pop() as string
    let at = tree
    for (const name of names) {
      at[name] ??= {}
      at = at[name] as Record<string, unknown>
    }
    at[last] = value
  }
  return tree
}
