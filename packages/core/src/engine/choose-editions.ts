// Choose editions: which benchmarks a cluster is judged by, from what is known of its distribution, provider and version.

import type { Edition } from '../model/benchmark.ts'
import { newestKnownMinor, parseKubernetesVersion } from '../model/kubernetes-version.ts'
import type { Scope } from '../model/snapshot.ts'

/** The benchmark families whose editions are one for each Kubernetes version. */
const followsVersion = /^pss-/
/** The family for clusters of any make; those written for one distribution take its place there. */
const general = 'cis-k8s'
const isCis = (benchmark: string) => benchmark.startsWith('cis-')

/**
 * The editions to judge a cluster by, one of each family, in the catalogue's order: those written for its distribution or for any; of
 * Pod Security Standards the one of its version; of others that name versions the newest that speaks of its version, else the newest.
 * Where a CIS benchmark is written for its distribution, the general one is left out. Where nothing is known of its make, those for one
 * distribution only are left out.
 */
export function chooseEditions(
  editions: readonly Edition[],
  scope: Pick<Scope, 'provider' | 'distribution' | 'kubernetesVersion'>,
): Edition[] {
  const own = [scope.distribution, scope.provider].filter(name => name !== undefined && name !== '')
  const minor = parseKubernetesVersion(scope.kubernetesVersion ?? '')?.minor
  const families = new Map<string, Edition[]>()
  for (const edition of editions) {
    const { distributions, benchmark } = edition
    if (distributions && !own.some(name => distributions.includes(name as string))) continue
    families.set(benchmark, [...(families.get(benchmark) ?? []), edition])
  }
  // Of two that are written for it, the one for its distribution speaks of it more closely than the one for its provider.
  const ofDistribution = [...families].filter(
    ([benchmark, [first]]) =>
      isCis(benchmark) && scope.distribution && first?.distributions?.includes(scope.distribution),
  )
  const hasOwnCis = [...families].some(([benchmark, [first]]) => isCis(benchmark) && first?.distributions)
  const chosen: Edition[] = []
  for (const [benchmark, all] of families) {
    if (benchmark === general && hasOwnCis) continue
    const isOfProvider = isCis(benchmark) && benchmark !== general && ofDistribution.length > 0
    if (isOfProvider && !ofDistribution.some(([name]) => name === benchmark)) continue
    const best = bestOf(all, minor, followsVersion.test(benchmark))
    if (best) chosen.push(best)
  }
  return chosen
}

function bestOf(
  editions: readonly Edition[],
  minor: number | undefined,
  follows: boolean,
): Edition | undefined {
  const ordered = editions.toSorted((a, b) => compareEditions(a.edition, b.edition))
  const newest = ordered.at(-1)
  if (follows) {
    const wanted = `1.${Math.min(minor ?? newestKnownMinor, newestKnownMinor)}`
    return ordered.find(({ edition }) => edition === wanted) ?? newest
  }
  if (minor === undefined) return newest
  const fitting = ordered.filter(({ kubernetes }) => {
    const min = parseKubernetesVersion(kubernetes?.min ?? '')?.minor
    const max = parseKubernetesVersion(kubernetes?.max ?? '')?.minor
    return min !== undefined && max !== undefined && min <= minor && minor <= max
  })
  return fitting.at(-1) ?? newest
}

/** Orders ids of editions by their numbers: `1.9.0` before `1.10.0`, `v1r6` before `v2r2`, `1.24` (a name of a version) before `1.7.0`. */
function compareEditions(a: string, b: string): number {
  // Early editions of cis-k8s are named after the version of Kubernetes (`1.23`), later ones have three numbers.
  const parts = (id: string) => id.match(/\d+/g)?.map(Number) ?? []
  const [x, y] = [parts(a), parts(b)]
  if (x.length !== y.length && Math.min(x.length, y.length) === 2 && Math.max(x.length, y.length) === 3)
    return x.length - y.length
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? -1) - (y[i] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}
