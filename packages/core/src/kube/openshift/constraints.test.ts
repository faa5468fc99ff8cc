import { describe, expect, it } from 'vitest'
import { constraints } from '../../samples/openshift.ts'
import { isOwnGroup, isOwnUser, isPowerfulByName, powersOf } from './constraints.ts'
import { readConstraints } from './kinds.ts'

describe('powers', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    ['none in restricted ones', {}, []],
    ['privileged containers', { allowPrivilegedContainer: true }, ['privileged containers']],
    [
      'namespaces of the node',
      { allowHostPID: true, allowHostIPC: true, allowHostNetwork: true },
      ['the processes of the node', 'the IPC of the node', 'the network of the node'],
    ],
    ['files of the node', { allowHostDirVolumePlugin: true }, ['files of the node']],
    ['files of the node, as a volume', { volumes: ['secret', 'hostPath'] }, ['files of the node']],
    ['every volume', { volumes: ['*'] }, ['files of the node']],
    ['capabilities', { allowedCapabilities: ['NET_BIND_SERVICE', 'SYS_ADMIN'] }, ['capabilities']],
    ['no capability that pods may have anyway', { allowedCapabilities: ['NET_BIND_SERVICE'] }, []],
    ['any user', { runAsUser: { type: 'RunAsAny' } }, ['any user']],
    ['users other than root', { runAsUser: { type: 'MustRunAsNonRoot' } }, []],
    [
      'root in a namespace of its own',
      {
        userNamespaceLevel: 'RequirePodLevel',
        runAsUser: { type: 'RunAsAny' },
        allowedCapabilities: ['SETUID'],
      },
      [],
    ],
  ])('%s', (_, fields, expected) => {
    expect(powersOf(readConstraints(constraints('web', fields)))).toEqual(expected)
  })

  it('are known of the constraints that OpenShift brings', () => {
    expect(['privileged', 'restricted-v2', 'mine', 'constructor'].map(isPowerfulByName)).toEqual([
      true,
      false,
      undefined,
      undefined,
    ])
  })
})

it('tells OpenShift’s own users and groups', () => {
  const users = [
    'system:admin',
    'system:serviceaccount:openshift-infra:x',
    'system:serviceaccount:kube-system:x',
    'system:serviceaccount:shop:openshift-x',
    'system:serviceaccount:my-openshift-x:x',
    'jane',
  ]
  expect(users.map(isOwnUser)).toEqual([true, true, true, false, false, false])
  const groups = ['system:nodes', 'system:serviceaccounts:openshift-x', 'system:serviceaccounts:shop', 'dev']
  expect(groups.map(isOwnGroup)).toEqual([true, true, false, false])
})
