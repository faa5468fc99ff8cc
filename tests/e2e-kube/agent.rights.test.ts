/** With exactly the rights that its chart grants, an agent is refused nothing, and uses all of them that the cluster has a use for. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rules } from '../../packages/core/src/catalogue/index.ts'
import { permissionsOf, roleRulesOf } from '../../packages/core/src/install/permissions.ts'
import { defaultSlices } from '../../packages/core/src/model/slice.ts'
import { AgentProcess } from './agent/agent-process.ts'
import { eventually, Platform } from './agent/platform.ts'
import { rightsUsed } from './agent/rights-used.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { createNamespace } from './harness/namespaces.ts'
import { describeWithKubernetes } from './harness/suite.ts'

const rbac = '/apis/rbac.authorization.k8s.io/v1'
const granted = permissionsOf(rules).filter(({ slice }) => defaultSlices.includes(slice))

const options = { users: { agent: ['system:serviceaccounts'] } }
await describeWithKubernetes('agent: rights', options, () => {
  let plane: ControlPlane
  let agent: AgentProcess | undefined
  const platform = new Platform()

  beforeAll(async () => {
    plane = await startControlPlane(options)
    await platform.start()
    await createNamespace(plane, 'plimsoll')
    const bind = async (folder: string, kind: 'ClusterRole' | 'Role', own: readonly object[]) => {
      const metadata = { name: 'agent' }
      await plane.call('POST', `${folder}/${kind.toLowerCase()}s`, { body: { metadata, rules: own } })
      await plane.call('POST', `${folder}/${kind.toLowerCase()}bindings`, {
        body: {
          metadata,
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: 'agent' },
          subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'agent' }],
        },
      })
    }
    await bind(rbac, 'ClusterRole', roleRulesOf(granted))
    await bind(`${rbac}/namespaces/plimsoll`, 'Role', [
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        resourceNames: ['agent'],
        verbs: ['get', 'update'],
      },
      { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create'] },
    ])
    await plane.call('POST', '/apis/coordination.k8s.io/v1/namespaces/plimsoll/leases', {
      body: { metadata: { name: 'agent' } },
    })
  })
  afterAll(async () => {
    await agent?.kill()
    await platform.end()
    await plane?.stop()
  })

  test('no request is refused, and no right is unused', async () => {
    const { token } = await platform.enrol('shop')
    agent = await AgentProcess.start({
      kubeconfig: await plane.kubeconfig('agent'),
      server: platform.url,
      token,
      folder: plane.folder,
      args: [
        '--lease-namespace=plimsoll',
        '--lease-name=agent',
        `--slices=${defaultSlices.join(',')}`,
        '--resync=4h',
      ],
      environment: { POD_NAME: 'agent-0', POD_NAMESPACE: 'plimsoll', NODE_NAME: 'node-1' },
    })
    const own = agent
    await eventually(
      'it is ready',
      async () => (await own.get('/readyz').catch(() => undefined))?.status === 200,
    )
    await own.logged(({ msg }) => msg === 'everything is seen')
    await eventually('it is in touch', async () => (await platform.scope())?.collector.state === 'connected')
    expect(await own.stop()).toBe(0)
    expect(own.said).toEqual([])

    const { refused, used, unused } = await rightsUsed(plane, 'agent', roleRulesOf(granted))
    expect(refused).toEqual([])
    expect(unused).toEqual([])
    for (const one of [
      'get leases.coordination.k8s.io',
      'update leases.coordination.k8s.io',
      'create events.events.k8s.io',
    ])
      expect(used).toContain(one)
  })
})
