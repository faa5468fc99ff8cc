/** Reads from the audit log of an API server what an agent was refused, and which of its rights it never used. */
import type { ControlPlane } from '../harness/control-plane.ts'

export interface GrantedRule {
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly verbs: readonly string[]
}

export interface RightsUsed {
  /** Requests that were refused, as `<verb> <path>`. */
  readonly refused: readonly string[]
  /** What was asked for, as `<verb> <resource>.<group>`. */
  readonly used: ReadonlySet<string>
  /** What was granted, is there in the cluster, and was not asked for. */
  readonly unused: readonly string[]
}

/** What the user did so far, beside what it was granted. */
export async function rightsUsed(
  plane: ControlPlane,
  user: string,
  granted: readonly GrantedRule[],
): Promise<RightsUsed> {
  const asked = (await plane.auditEvents()).filter(event => event.user.username === user)
  const refused = asked.filter(({ responseStatus }) => [401, 403].includes(responseStatus?.code ?? 0))
  const used = new Set(
    asked.map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}.${objectRef?.apiGroup ?? ''}`),
  )
  const served = await servedResources(plane)
  const unused = new Set<string>()
  for (const { apiGroups = [], resources = [], verbs } of granted)
    for (const group of apiGroups)
      for (const resource of resources)
        for (const verb of served.has(`${resource}.${group}`) ? verbs : []) {
          const right = `${verb} ${resource}.${group}`
          if (!used.has(right)) unused.add(right)
        }
  return {
    refused: refused.map(({ verb, requestURI }) => `${verb} ${requestURI}`),
    used,
    unused: [...unused],
  }
}

/** What the server has, as `<resource>.<group>`. */
async function servedResources(plane: ControlPlane): Promise<Set<string>> {
  const { groups } = (await plane.call('GET', '/apis')) as {
    groups: { name: string; versions: { groupVersion: string }[] }[]
  }
  const paths = [
    ['', '/api/v1'],
    ...groups.flatMap(({ name, versions }) =>
      versions.map(({ groupVersion }) => [name, `/apis/${groupVersion}`]),
    ),
  ] as const
  const found = new Set<string>()
  for (const [group, path] of paths) {
    const { resources } = (await plane.call('GET', path)) as { resources: { name: string }[] }
    for (const { name } of resources) found.add(`${name}.${group}`)
  }
  return found
}
