import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContainerSpec } from '../../model/pod-spec.ts'
import type { PodTemplate } from '../../model/pod-template.ts'
import { pod } from '../../samples/pods.ts'
import { valueAt } from '../path.ts'
import { readPodTemplate } from '../pod-template.ts'
import { pluginState } from './admission-plugins.ts'
import { type Component, findProcess, runsComponent } from './component.ts'
import { type Flags, readFlags } from './flags.ts'

function template(container: ContainerSpec, metadata: object = { namespace: 'kube-system' }): PodTemplate {
  const reading = readPodTemplate(pod({ containers: [{ name: 'c', ...container }], metadata }))
  if (!reading.ok) throw new Error('the sample is broken')
  return reading.template
}

function flagsOf(component: Component, container: ContainerSpec, minor?: number): Flags {
  const process = findProcess(template(container), component)
  if (!process) throw new Error(`no ${component}`)
  return readFlags(process, minor === undefined ? undefined : { major: 1, minor })
}

const apiServer = (...args: string[]) => flagsOf('kube-apiserver', { command: ['kube-apiserver', ...args] })
const etcd = (...args: string[]) => flagsOf('etcd', { command: ['etcd', ...args] })

describe('the pod of a component', () => {
  const runs = (container: ContainerSpec, metadata?: object) =>
    runsComponent(template(container, metadata), 'kube-apiserver')
  const node = { apiVersion: 'v1', kind: 'Node', name: 'n', controller: true }

  it.each<[string, ContainerSpec, boolean]>([
    ['by its program', { command: ['kube-apiserver'] }, true],
    ['by its program with a path', { command: ['/usr/local/bin/kube-apiserver', '--v=2'] }, true],
    ['by its program in args', { args: ['kube-apiserver', '--v=2'] }, true],
    [
      'by its image, with flags alone',
      { image: 'registry.k8s.io/kube-apiserver:v1.34.4', args: ['--v=2'] },
      true,
    ],
    ['by its image alone', { image: 'registry.k8s.io/kube-apiserver:v1.34.4' }, true],
    ['by hyperkube', { command: ['/hyperkube', 'apiserver', '--v=2'] }, true],
    ['by hyperkube, in full', { command: ['hyperkube', 'kube-apiserver'] }, true],
    ['by a launcher', { command: ['/go-runner', '--log-file=/x', '/usr/local/bin/kube-apiserver'] }, true],
    ['by a shell script', { command: ['/bin/sh', '-c', 'exec /bin/kube-apiserver --v=2 >x 2>&1'] }, true],
    ['not by its name', { name: 'kube-apiserver', command: ['sleep', '1'] }, false],
    [
      'not by its image, where it runs something else',
      { image: 'x/kube-apiserver:1', command: ['sh'] },
      false,
    ],
    ['not by an argument', { command: ['my-proxy', '--target=kube-apiserver'] }, false],
    ['not by a longer name', { command: ['kube-apiserver-healthcheck'] }, false],
    ['not by the longer name in a script', { command: ['sh', '-c', 'kube-apiserver-probe; ls'] }, false],
    ['not by another part of hyperkube', { command: ['/hyperkube', 'kubelet', 'kube-apiserver-x'] }, false],
  ])('is known %s', (_, container, expected) => {
    expect(runs(container)).toBe(expected)
  })

  it('is one of kube-system or a static pod', () => {
    const it = { command: ['kube-apiserver'] }
    expect(runs(it, { namespace: 'tenant' })).toBe(false)
    const annotations = { 'kubernetes.io/config.mirror': 'x' }
    expect(runs(it, { namespace: 'tenant', annotations, ownerReferences: [node] })).toBe(true)
    expect(runs(it, { namespace: 'tenant', annotations })).toBe(false)
  })

  it('may hold other containers beside it, and init containers that do not count', () => {
    const reading = readPodTemplate(
      pod({
        metadata: { namespace: 'kube-system' },
        initContainers: [{ name: 'setup', command: ['kube-apiserver', '--profiling=false'] }],
        containers: [
          { name: 'health', command: ['/usr/bin/kube-apiserver-healthcheck'] },
          { name: 'main', command: ['kube-apiserver'] },
        ],
      }),
    )
    const process = reading.ok ? findProcess(reading.template, 'kube-apiserver') : undefined
    expect(process?.container.path).toBe('spec.containers[1]')
  })

  it('tells its version by its image, and the cluster’s where it does not', () => {
    const image = (tag: string) => ({ image: `registry.k8s.io/kube-apiserver${tag}` })
    expect(flagsOf('kube-apiserver', image(':v1.30.4-rke2r1'), 34).version.minor).toBe(30)
    expect(flagsOf('kube-apiserver', image(`@sha256:${'0'.repeat(64)}`), 34).version.minor).toBe(34)
    expect(
      flagsOf('etcd', { image: 'registry.k8s.io/etcd:1.30.0', command: ['etcd'] }, 34).version.minor,
    ).toBe(34)
  })
})

describe('flags of the Kubernetes components', () => {
  it.each<[string, string[], boolean | undefined, string]>([
    ['with a value', ['--profiling=false'], false, 'spec.containers[0].command[1]'],
    ['bare', ['--profiling'], true, 'spec.containers[0].command[1]'],
    [
      'bare before another word, which is not its value',
      ['--profiling', 'false'],
      true,
      'spec.containers[0].command[1]',
    ],
    ['as Go writes it', ['--profiling=F'], false, 'spec.containers[0].command[1]'],
    ['so that nothing would start', ['--profiling=no'], undefined, 'spec.containers[0].command[1]'],
    [
      'twice, of which the last counts',
      ['--profiling=true', '--profiling=false'],
      false,
      'spec.containers[0].command[2]',
    ],
    ['not at all', ['--anonymous-auth=false'], true, 'spec.containers[0].command[2]'],
    ['behind the end of flags', ['--', '--profiling=false'], true, 'spec.containers[0].command[3]'],
    ['with one dash, which is another flag', ['-profiling=false'], true, 'spec.containers[0].command[2]'],
    [
      'as the value of another',
      ['--token-auth-file', '--profiling=false'],
      true,
      'spec.containers[0].command[3]',
    ],
  ])('are read: %s', (_, args, value, path) => {
    expect(apiServer(...args).boolean('profiling')).toMatchObject({ value, path })
  })

  it('may be divided from their values, and underscores are dashes', () => {
    expect(apiServer('--audit_log_path', '-').text('audit-log-path')).toEqual({
      value: '-',
      isGiven: true,
      path: 'spec.containers[0].command[2]',
      actual: '-',
    })
    expect(apiServer('--vmodule', 'x=2', '--audit-log-maxage', '30').number('audit-log-maxage').value).toBe(
      30,
    )
    expect(apiServer('--unknown-switch', '--audit-log-maxage=30').number('audit-log-maxage').value).toBe(30)
  })

  it('go on in args', () => {
    const flags = flagsOf('kube-apiserver', {
      command: ['kube-apiserver'],
      args: ['--client-ca-file=/ca', '--v=1'],
    })
    expect(flags.text('client-ca-file')).toMatchObject({ value: '/ca', path: 'spec.containers[0].args[0]' })
    expect(flags.text('etcd-cafile')).toEqual({
      value: '',
      isGiven: false,
      path: 'spec.containers[0].args[2]',
      actual: undefined,
    })
  })

  it('are lists that grow, each item at its place', () => {
    const flags = apiServer('--authorization-mode=Node,RBAC', '--authorization-mode', 'Webhook')
    expect(flags.list('authorization-mode').value).toEqual([
      { value: 'Node', path: 'spec.containers[0].command[1]', actual: '--authorization-mode=Node,RBAC' },
      { value: 'RBAC', path: 'spec.containers[0].command[1]', actual: '--authorization-mode=Node,RBAC' },
      { value: 'Webhook', path: 'spec.containers[0].command[3]', actual: 'Webhook' },
    ])
    expect(
      apiServer()
        .list('authorization-mode')
        .value.map(({ value }) => value),
    ).toEqual(['AlwaysAllow'])
    expect(
      apiServer('--service-account-key-file=/a,b', '--service-account-key-file=/c')
        .list('service-account-key-file')
        .value.map(({ value }) => value),
    ).toEqual(['/a,b', '/c'])
  })

  it('have the defaults of their version', () => {
    const maxage = (minor: number) =>
      flagsOf('kube-apiserver', { command: ['kube-apiserver'] }, minor).number('audit-log-maxage')
    expect(maxage(35).value).toBe(0)
    expect(maxage(36)).toMatchObject({ value: 366, isGiven: false })
    expect(apiServer().duration('request-timeout').value).toBe(60)
    expect(apiServer('--request-timeout=1h2m3.5s').duration('request-timeout').value).toBe(3723.5)
    expect(apiServer('--request-timeout=5').duration('request-timeout').value).toBeUndefined()
  })

  it('switch feature gates, the last word counting', () => {
    const gate = (...args: string[]) => apiServer(...args).featureGate('A').value
    expect(gate('--feature-gates=A=false,B=true')).toBe(false)
    expect(gate('--feature-gates=A=false', '--feature-gates=B=true,kube:A=true')).toBe(true)
    expect(gate('--feature-gates=AA=false')).toBeUndefined()
  })

  it('may hold variables, known and not', () => {
    const command = [
      'kube-apiserver',
      '--token-auth-file=$(DIR)/tokens',
      '--profiling=$(P)',
      '--etcd-cafile=$$(DIR)',
    ]
    const known = flagsOf('kube-apiserver', {
      command,
      env: [
        { name: 'DIR', value: '/etc' },
        { name: 'P', value: 'false' },
      ],
    })
    expect(known.text('token-auth-file')).toMatchObject({
      value: '/etc/tokens',
      actual: '--token-auth-file=$(DIR)/tokens',
    })
    expect(known.boolean('profiling').value).toBe(false)
    expect(known.text('etcd-cafile').value).toBe('$(DIR)')
    expect(known.unseen(['token-auth-file', 'profiling', 'etcd-cafile'])).toBeUndefined()
    const open = flagsOf('kube-apiserver', {
      command,
      env: [{ name: 'P', valueFrom: { fieldRef: { fieldPath: 'x' } } }],
    })
    expect(open.unseen(['profiling'])).toMatch(/variable P/)
    expect(open.unseen(['etcd-cafile'])).toBeUndefined()
  })

  it('cannot be told where a file or a script decides', () => {
    expect(apiServer('--authentication-config=/f').unseen(['anonymous-auth'])).toMatch(
      /--authentication-config/,
    )
    expect(
      apiServer('--authentication-config=/f', '--anonymous-auth=false').unseen(['anonymous-auth']),
    ).toBeUndefined()
    const scheduler = flagsOf('kube-scheduler', {
      command: ['kube-scheduler', '--config=/f', '--profiling=false'],
    })
    expect(scheduler.unseen(['profiling'])).toMatch(/--config/)
    expect(scheduler.unseen(['bind-address'])).toBeUndefined()
    const script = flagsOf('kube-apiserver', {
      command: ['sh', '-c', 'exec kube-apiserver --profiling=false'],
    })
    expect(script.unseen(['profiling'])).toMatch(/shell script/)
  })

  it('throw at a flag that no fact stands for', () => {
    expect(() => apiServer().text('no-such-flag')).toThrow('nothing is known of the flag --no-such-flag')
  })

  it('are found again whatever stands around them, each at the place that it names', () => {
    const word = fc.constantFrom(
      '--v=2',
      '--profiling',
      '--anonymous-auth=false',
      'stray',
      '--secure-port',
      '0',
      '-',
      '--x',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.array(word, { maxLength: 8 }), (command, args) => {
        const container = { name: 'c', command: ['kube-apiserver', ...command], args }
        const resource = pod({ containers: [container], metadata: { namespace: 'kube-system' } })
        const flags = flagsOf('kube-apiserver', container)
        for (const setting of [flags.boolean('profiling'), flags.number('secure-port')])
          expect(valueAt(resource, setting.path)).toEqual(setting.actual)
        const isUsed = (list: string[]) => list.includes('--profiling')
        if (!isUsed(command) && !isUsed(args)) expect(flags.boolean('profiling').isGiven).toBe(false)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('flags of etcd', () => {
  it('may have one dash, and end at the first word that is no flag', () => {
    expect(etcd('-client-cert-auth', '--auto-tls=true').boolean('client-cert-auth').value).toBe(true)
    expect(etcd('--client-cert-auth', 'true', '--cert-file=/c').text('cert-file').value).toBe('')
    expect(etcd('--cert-file', '/c', '--key-file=/k').text('key-file').value).toBe('/k')
  })

  it('are replaced when given again, also where they hold a list', () => {
    const urls = etcd('--listen-client-urls=https://a:1,https://b:1', '--listen-client-urls=https://c:1')
    expect(urls.list('listen-client-urls').value.map(({ value }) => value)).toEqual(['https://c:1'])
    expect(
      etcd()
        .list('listen-client-urls')
        .value.map(({ value }) => value),
    ).toEqual(['http://localhost:2379'])
  })

  it('may come from the environment, where the command line is silent', () => {
    const env = [
      { name: 'ETCD_CERT_FILE', value: '/env' },
      { name: 'ETCD_KEY_FILE', value: '' },
    ]
    const flags = flagsOf('etcd', { command: ['etcd'], env })
    expect(flags.text('cert-file')).toEqual({
      value: '/env',
      isGiven: true,
      path: 'spec.containers[0].env[0].value',
      actual: '/env',
    })
    expect(flags.text('key-file').isGiven).toBe(false)
    expect(flagsOf('etcd', { command: ['etcd', '--cert-file=/arg'], env }).text('cert-file').value).toBe(
      '/arg',
    )
    expect(flagsOf('kube-apiserver', { command: ['kube-apiserver'], env }).text('etcd-cafile').value).toBe('')
  })

  it('cannot be told where a file or variables from elsewhere decide', () => {
    expect(etcd('--config-file=/f').unseen(['cert-file'])).toMatch(/--config-file/)
    const named = { name: 'ETCD_CONFIG_FILE', value: '/f' }
    expect(flagsOf('etcd', { command: ['etcd'], env: [named] }).unseen(['cert-file'])).toMatch(
      /--config-file/,
    )
    const from = { name: 'ETCD_CERT_FILE', valueFrom: { configMapKeyRef: { name: 'etcd', key: 'cert' } } }
    expect(flagsOf('etcd', { command: ['etcd'], env: [from] }).unseen(['cert-file'])).toMatch(
      /ETCD_CERT_FILE/,
    )
    const all = { command: ['etcd', '--key-file=/k'], envFrom: [{ configMapRef: { name: 'etcd' } }] }
    expect(flagsOf('etcd', all).unseen(['cert-file'])).toMatch(/ETCD_CERT_FILE/)
    expect(flagsOf('etcd', all).unseen(['key-file'])).toBeUndefined()
  })
})

describe('admission plugins', () => {
  const state = (plugin: string, ...args: string[]) => pluginState(apiServer(...args), plugin).isOn

  it.each<[string, string, string[], boolean]>([
    ['on by default', 'ServiceAccount', [], true],
    ['off by default', 'NodeRestriction', [], false],
    ['switched on', 'NodeRestriction', ['--enable-admission-plugins=EventRateLimit,NodeRestriction'], true],
    [
      'switched on by a second flag',
      'NodeRestriction',
      ['--enable-admission-plugins=A', '--enable-admission-plugins=NodeRestriction'],
      true,
    ],
    ['not by a part of a name', 'NodeRestriction', ['--enable-admission-plugins=MyNodeRestriction'], false],
    ['switched off', 'ServiceAccount', ['--disable-admission-plugins=ServiceAccount'], false],
    [
      'switched on and off',
      'ServiceAccount',
      ['--disable-admission-plugins=ServiceAccount', '--enable-admission-plugins=ServiceAccount'],
      true,
    ],
    ['left out of the old list', 'ServiceAccount', ['--admission-control=NodeRestriction'], false],
    ['in the old list', 'NodeRestriction', ['--admission-control=NodeRestriction'], true],
  ])('%s', (_, plugin, args, expected) => {
    expect(state(plugin, ...args)).toBe(expected)
  })

  it('come with a version', () => {
    const at = (minor: number) =>
      pluginState(flagsOf('kube-apiserver', { command: ['kube-apiserver'] }, minor), 'PodSecurity').isOn
    expect([at(22), at(23)]).toEqual([false, true])
  })
})
