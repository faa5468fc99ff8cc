// Fix finding: what would mend a failure in the object that it stands at, as it is now.

import { assess, type Operation, type Result } from '@plimsoll/core'
import { findCluster } from '../../store/clusters.ts'
import type { WholeFinding } from '../../store/findings.ts'
import type { Permitted } from '../../store/permitted.ts'
import { assetObject, findAsset } from '../../store/resources.ts'
import { storedProfileOf } from '../decisions/profile-of.ts'
import type { Reading } from './reading.ts'

/** Why there is no patch: nothing fails, its rule has none that is safe, the object is not kept, or it does not fail in this way any more. */
export type NoFix = 'not-failing' | 'no-fix' | 'no-object' | 'changed'

export type FindingFix =
  | { readonly operations: readonly Operation[]; readonly reason: null }
  | { readonly operations: null; readonly reason: NoFix }

/**
 * The operations of a JSON patch on the finding's object that mend it, by the rule's own word and the parameters that hold for the cluster.
 * Only of rules that judge an object by itself: what depends on others cannot be held against one object.
 */
export async function fixOfFinding(
  reading: Reading,
  permitted: Permitted,
  finding: WholeFinding,
): Promise<FindingFix> {
  const { db, now, editions } = reading
  if (finding.outcome !== 'fail' || finding.state === 'resolved') return none('not-failing')
  const rule = reading.rules.get(finding.rule)
  if (!rule?.fix || (rule.reads?.length ?? 0) > 0) return none('no-fix')
  const [asset, cluster] = await Promise.all([
    findAsset(db, permitted, finding.cluster_id, finding.asset_key),
    findCluster(db, finding.cluster_id),
  ])
  const object = asset && (await assetObject(db, asset, undefined))
  if (!object || !cluster) return none('no-object')
  const pack = { rules: [...reading.rules.values()], editions, version: '' }
  const { profile } = await storedProfileOf(pack)(db, cluster)
  const own = profile.rules[rule.id]
  const parameters = {
    ...own?.parameters,
    ...(finding.parameters as Readonly<Record<string, unknown>> | null),
  }
  const { results, fixOf } = assess({
    snapshot: {
      scope: {
        type: 'cluster',
        id: cluster.cluster_id,
        name: cluster.name,
        ...(cluster.kubernetes_version !== '' && { kubernetesVersion: cluster.kubernetes_version }),
      },
      collector: { name: 'plimsoll', version: '' },
      takenAt: now().toISOString(),
      resources: [{ resource: object as never, source: { file: 'api', document: 0 } }],
      gaps: [],
    },
    rules: [rule],
    editions: [],
    asked: [rule.id],
    profile: { name: profile.name, rules: { [rule.id]: { parameters } }, controls: {} },
    now: now().toISOString(),
    tool: { name: 'plimsoll', version: '' },
  })
  const isSame = (result: Result) =>
    result.outcome === 'fail' &&
    result.rule === rule.id &&
    (result.discriminator ?? null) === finding.discriminator
  const failing = [...results()].find(isSame)
  if (!failing) return none('changed')
  const operations = fixOf(failing)
  return operations ? { operations, reason: null } : none('no-fix')
}

const none = (reason: NoFix): FindingFix => ({ operations: null, reason })
