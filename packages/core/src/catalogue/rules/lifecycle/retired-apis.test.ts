import { describe, expect, it } from 'vitest'
import { object } from '../../../samples/objects.ts'
import { findRetiredApi } from './retired-apis.ts'

const find = (name: string) => {
  const [apiVersion = '', kind = ''] = name.split(' ')
  return findRetiredApi(object(apiVersion, kind))
}

describe('a retired API', () => {
  // Observed: served by no kube-apiserver from that minor on (release notes and the migration guide).
  it.each([
    ['extensions/v1beta1 Deployment', 16, 'apps/v1'],
    ['apps/v1beta2 StatefulSet', 16, 'apps/v1'],
    ['extensions/v1beta1 NetworkPolicy', 16, 'networking.k8s.io/v1'],
    ['extensions/v1beta1 Ingress', 22, 'networking.k8s.io/v1'],
    ['apiextensions.k8s.io/v1beta1 CustomResourceDefinition', 22, 'apiextensions.k8s.io/v1'],
    ['rbac.authorization.k8s.io/v1beta1 RoleBinding', 22, 'rbac.authorization.k8s.io/v1'],
    ['batch/v1beta1 CronJob', 25, 'batch/v1'],
    ['policy/v1beta1 PodDisruptionBudget', 25, 'policy/v1'],
    ['policy/v1beta1 PodSecurityPolicy', 25, undefined],
    ['autoscaling/v2beta2 HorizontalPodAutoscaler', 26, 'autoscaling/v2'],
    ['storage.k8s.io/v1beta1 CSIStorageCapacity', 27, 'storage.k8s.io/v1'],
    ['flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema', 29, 'flowcontrol.apiserver.k8s.io/v1'],
    ['flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema', 32, 'flowcontrol.apiserver.k8s.io/v1'],
  ])('%s is gone since 1.%i', (name, removed, replacement) => {
    expect(find(name)).toMatchObject({ removed })
    expect(find(name)?.replacement).toBe(replacement)
  })

  it.each(['apps/v1 Deployment', 'batch/v1 CronJob', 'v1 Pod', 'policy/v1 PodDisruptionBudget', ' '])(
    '%s is none',
    name => {
      expect(find(name)).toBeUndefined()
    },
  )

  it('leads to one that is not retired itself, except where the newest is still a beta', () => {
    for (const api of ['resource.k8s.io/v1alpha3 ResourceClaim', 'extensions/v1beta1 Ingress']) {
      const kind = api.split(' ')[1]
      expect(find(`${find(api)?.replacement} ${kind}`)).toBeUndefined()
    }
  })
})
