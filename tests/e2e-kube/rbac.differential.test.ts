/**
 * Generated roles, bindings and questions, answered by the real RBAC authorizer and by our resolved RBAC: no answer may differ.
 *
 * A part by default; PLIMSOLL_DIFFERENTIAL=full for all of it, with a second, newer server. Every question is asked of the rules as the
 * controller gathered them on the server, and of our own gathering out of the objects as they were sent.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Action } from '../../packages/core/src/kube/rbac/action.ts'
import { ruleKey } from '../../packages/core/src/kube/rbac/aggregation.ts'
import { type Identity, userIdentity } from '../../packages/core/src/kube/rbac/identity.ts'
import type { PolicyRule } from '../../packages/core/src/kube/rbac/kinds.ts'
import { isAllowed, mayDo, type Proof, rulesFor } from '../../packages/core/src/kube/rbac/may-do.ts'
import { keyOf, type Rbac, resolveRbac } from '../../packages/core/src/kube/rbac/resolve.ts'
import { whoMay } from '../../packages/core/src/kube/rbac/who-may.ts'
import type { Resource } from '../../packages/core/src/model/resource.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { createNamespace } from './harness/namespaces.ts'
import { forEachIndex } from './harness/pool.ts'
import { FULL, SERVERS } from './harness/scope.ts'
import { describeWithKubernetes } from './harness/suite.ts'
import { random } from './pod-generator/random.ts'
import { type Corpus, generateCorpus, NAMESPACES } from './rbac.corpus.ts'
import { install, listRbac, review, reviewRules, uninstall } from './rbac.server.ts'

const SEED = Number(process.env.PLIMSOLL_SEED ?? 1)
const SIZE = FULL
  ? { corpora: 12, questions: 1_000, ruleLists: 60 }
  : { corpora: 4, questions: 1_000, ruleLists: 40 }

for (const { kubernetes } of SERVERS) {
  const options = { kubernetes, controllerManager: true, auditRules: [{ level: 'None' as const }] }

  await describeWithKubernetes(`RBAC of Kubernetes ${kubernetes}`, options, () => {
    let plane: ControlPlane
    beforeAll(async () => {
      plane = await startControlPlane(options)
      for (const namespace of NAMESPACES) await createNamespace(plane, namespace)
    })
    afterAll(async () => {
      await plane?.stop()
    })

    test('what generated roles and bindings allow', async () => {
      const tally = { asked: 0, allowed: 0, lists: 0, rules: 0 }
      const disagreements: string[] = []
      for (let index = 0; index < SIZE.corpora; index++) {
        const corpus = generateCorpus(SEED, index)
        const own = await listRbac(plane)
        await install(plane, corpus)
        const resolved = {
          written: resolveRbac(await listRbac(plane), { aggregation: 'written' }),
          gathered: resolveRbac(asSent(own, corpus), { aggregation: 'gathered' }),
        }
        await forEachIndex(SIZE.questions, 16, async question => {
          const source = random(SEED + 1_000 + index, question)
          const [who, action] = [corpus.identity(source), corpus.action(source)]
          const said = await review(plane, who, action)
          tally.asked++
          if (said.allowed) tally.allowed++
          for (const [name, rbac] of Object.entries(resolved)) {
            const fault = faultOf(rbac, who, action, said)
            if (fault) disagreements.push(`${corpus.name} question ${question}, rules ${name}: ${fault}`)
          }
        })
        await forEachIndex(SIZE.ruleLists, 8, async question => {
          const source = random(SEED + 2_000 + index, question)
          const { user = '' } = corpus.identity(source)
          if (user === 'system:anonymous') return
          const isPerson = !user.startsWith('system:')
          const group = isPerson && source.chance(0.5) ? `${corpus.name}-dev` : undefined
          const namespace = source.pick(NAMESPACES)
          const said = await reviewRules(plane, { user, ...(group !== undefined && { group }) }, namespace)
          tally.lists++
          tally.rules += said.length
          const who = userIdentity(user, group === undefined ? [] : [group])
          for (const [name, rbac] of Object.entries(resolved)) {
            const ours = rulesFor(rbac, who, namespace).map(({ rule }) => rule)
            if (listed(ours) !== listed(said))
              disagreements.push(
                `${corpus.name} rules of ${user} in ${namespace}, rules ${name}:\n  server: ${listed(said)}\n  ours:   ${listed(ours)}`,
              )
          }
        })
        await uninstall(plane, corpus)
      }
      process.stdout.write(
        `RBAC on ${kubernetes}: ${tally.asked} questions, ${tally.allowed} allowed, ${tally.lists} lists with ${tally.rules} rules, ${disagreements.length} disagreements\n`,
      )
      expect(disagreements.slice(0, 5).join('\n')).toBe('')
      expect(tally.asked).toBe(SIZE.corpora * SIZE.questions)
      expect(tally.allowed / tally.asked).toBeGreaterThan(0.15)
      expect(tally.allowed / tally.asked).toBeLessThan(0.85)
      expect(tally.rules).toBeGreaterThan(tally.lists)
    })
  })
}

/** What is wrong with our answers to one question; undefined where all of them are the server's. */
function faultOf(
  rbac: Rbac,
  who: Identity,
  action: Action,
  said: { readonly allowed: boolean; readonly reason: string },
): string | undefined {
  const proofs = mayDo(rbac, who, action)
  const asked = `${JSON.stringify(who)} ${JSON.stringify(action)}`
  if (proofs.length > 0 !== said.allowed)
    return `${asked}\n  server: ${said.allowed} ${said.reason}\n  ours:   ${proofs.map(describe).join(', ')}`
  if (isAllowed(rbac, who, action) !== said.allowed) return `${asked}: isAllowed differs from mayDo`
  if (said.allowed && !proofs.some(proof => said.reason.startsWith(`RBAC: allowed by ${describe(proof)}`)))
    return `${asked}: the server's reason is none of our proofs\n  ${said.reason}\n  ${proofs.map(describe).join('\n  ')}`
  const keys = new Set([
    ...(who.user === undefined ? [] : [`u:${who.user}`]),
    ...who.groups.map(group => `g:${group}`),
  ])
  const isNamed = whoMay(rbac, action).some(({ subject }) => keys.has(keyOf(subject)))
  return isNamed === said.allowed ? undefined : `${asked}: whoMay ${isNamed ? 'names' : 'does not name'} them`
}

/** A proof as the server words its reason, less the subject. */
function describe(proof: Proof): string {
  if (proof.by === 'group') return `group ${proof.group}`
  const { kind, metadata, roleRef } = proof.binding
  const name = kind === 'RoleBinding' ? `${metadata.name}/${metadata.namespace}` : metadata.name
  return `${kind} "${name}" of ${roleRef?.kind} "${roleRef?.name}" to `
}

/** The corpus as it was sent, among the server's own objects less what its controller gathered into them. */
function asSent(own: readonly Resource[], corpus: Corpus): Resource[] {
  return [
    ...own.map(object => (object.aggregationRule ? { ...object, rules: [] } : object)),
    // Resolving removes nulls from what it is given, and the corpus may still be looked at.
    ...corpus.objects.map(object => structuredClone(object)),
  ]
}

/** Rules as the server lists them: those of resources, then those of URLs, in no order. */
function listed(rules: readonly PolicyRule[]): string {
  return rules
    .map(({ verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }) =>
      ruleKey({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }),
    )
    .sort()
    .join(' ')
}
