/// <reference types="vite/types/importMeta.d.ts" />
/**
 * A control plane that nobody has touched: its own roles and bindings are known as such, and no RBAC rule has anything to say of them,
 * until somebody widens one.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assess } from '../../packages/core/src/engine/assess.ts'
import { isDefaultBinding, isDefaultRole } from '../../packages/core/src/kube/rbac/defaults.ts'
import type { Resource } from '../../packages/core/src/model/resource.ts'
import type { Rule } from '../../packages/core/src/model/rule.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { SERVERS } from './harness/scope.ts'
import { describeWithKubernetes } from './harness/suite.ts'
import { listRbac, waitUntil } from './rbac.server.ts'

const modules = import.meta.glob<{ rule?: Rule }>(
  ['../../packages/core/src/catalogue/rules/rbac/*.ts', '!**/*.test.ts'],
  { eager: true },
)
const rules = Object.values(modules).flatMap(({ rule }) => (rule ? [rule] : []))

for (const { kubernetes } of SERVERS) {
  const options = { kubernetes, controllerManager: true, auditRules: [{ level: 'None' as const }] }

  await describeWithKubernetes(`a bare control plane of Kubernetes ${kubernetes}`, options, () => {
    let plane: ControlPlane
    beforeAll(async () => {
      plane = await startControlPlane(options)
      await waitUntil('admin, edit and view have their rules', async () => {
        const roles = await listRbac(plane)
        return roles.every(({ aggregationRule, rules: own }) => !aggregationRule || Array.isArray(own))
      })
    })
    afterAll(async () => {
      await plane?.stop()
    })

    test('has roles and bindings of its own alone', async () => {
      const objects = await listRbac(plane)
      const unknown = objects.filter(object =>
        object.kind.endsWith('Binding') ? !isDefaultBinding(object) : !isDefaultRole(object),
      )
      expect(unknown.map(nameOf)).toEqual([])
      expect(objects.length).toBeGreaterThan(100)
    })

    test('is quiet, by every rule there is about RBAC', async () => {
      const objects = await everything(plane)
      const { failures, counts } = judge(objects)
      process.stdout.write(
        `bare ${kubernetes}: ${objects.length} objects, ${rules.length} rules, ${counts} verdicts, ${failures.length} findings\n`,
      )
      expect(failures).toEqual([])
    })

    test('is not when a role of its own is widened, or given to somebody else', async () => {
      const contentType = 'application/json-patch+json'
      const api = '/apis/rbac.authorization.k8s.io/v1'
      const widened = { apiGroups: [''], resources: ['secrets'], verbs: ['list'] }
      await plane.call('PATCH', `${api}/clusterroles/system:kube-dns`, {
        contentType,
        body: [{ op: 'add', path: '/rules/-', value: widened }],
      })
      const jane = { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' }
      await plane.call('PATCH', `${api}/clusterrolebindings/cluster-admin`, {
        contentType,
        body: [{ op: 'add', path: '/subjects/-', value: jane }],
      })
      const { failures } = judge(await everything(plane))
      expect(failures).toEqual(
        expect.arrayContaining([
          'secrets-access ClusterRole system:kube-dns',
          'cluster-admin-binding ClusterRoleBinding cluster-admin, User jane',
        ]),
      )
      // Nothing else became of what was not touched.
      expect(failures.filter(text => !/ (system:kube-dns|cluster-admin)(,|$)/.test(text))).toEqual([])
    })
  })
}

const nameOf = ({ kind, metadata }: Resource) =>
  `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`

async function everything(plane: ControlPlane): Promise<Resource[]> {
  const { items } = (await plane.call('GET', '/api/v1/serviceaccounts')) as { items: Resource[] }
  const accounts = items.map(item => ({ ...item, apiVersion: 'v1', kind: 'ServiceAccount' }))
  return [...accounts, ...(await listRbac(plane))]
}

/** Every rule on every object, also those that are off by default. */
function judge(objects: readonly Resource[]) {
  const assessment = assess({
    snapshot: {
      scope: { type: 'cluster', id: 'bare', name: 'bare' },
      collector: { name: 'test', version: '1' },
      takenAt: '2026-01-01T00:00:00Z',
      resources: objects.map(resource => ({ resource, source: { file: 'https://bare', document: 0 } })),
      gaps: [],
    },
    rules,
    asked: rules.map(({ id }) => id),
    editions: [],
    now: '2026-01-01T00:00:00Z',
    tool: { name: 'test', version: '1' },
  })
  const results = [...assessment.results()]
  const byKey = new Map(
    assessment.resources.map(({ key, kind, namespace, name }) => [
      key,
      `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`,
    ]),
  )
  const failures = results
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ rule, outcome, resource, discriminator, reason }) =>
      [
        `${rule} ${byKey.get(resource ?? '') ?? resource}${outcome === 'fail' ? '' : ` ${outcome}: ${reason}`}`,
        ...(discriminator === undefined ? [] : [discriminator]),
      ].join(', '),
    )
  return { failures, counts: results.length }
}
