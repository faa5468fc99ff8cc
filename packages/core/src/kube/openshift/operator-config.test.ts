import { describe, expect, it } from 'vitest'
import { judgeRule } from '../../engine/judge-rule.ts'
import type { Resource } from '../../model/resource.ts'
import { defineRule } from '../../model/rule.ts'
import {
  apiServerConfig,
  configOf,
  controllerManagerConfig,
  operatedApiServer,
  operatedControllerManager,
  operatedEtcd,
  operatedPod,
} from '../../samples/openshift.ts'
import { type Component, findProcess } from '../control-plane/component.ts'
import { type Flags, readFlags } from '../control-plane/flags.ts'
import { withOperatorConfig } from './operator-config.ts'

/** What is read of the flags of a component, beside other resources. */
function read<T>(
  component: Component,
  given: Resource,
  resources: readonly Resource[],
  ask: (flags: Flags) => T,
): T | undefined {
  let answer: T | undefined
  const probe = defineRule({
    id: 'probe',
    title: 'Probe',
    severity: 'low',
    subject: 'PodTemplate',
    reads: ['ConfigMap'],
    rationale: 'Asks.',
    remediation: 'None.',
    violations(pod, { lookup }) {
      const process = findProcess(pod, component)
      if (process) answer = ask(readFlags(withOperatorConfig(process, pod, lookup)))
      return []
    },
    examples: { fail: {}, pass: {} },
  })
  judgeRule(probe, given, { with: resources })
  return answer
}

const ofApiServer = <T>(resources: readonly Resource[], ask: (flags: Flags) => T) =>
  read('kube-apiserver', operatedApiServer(), resources, ask)
const text = (name: string) => (flags: Flags) => flags.unseen([name]) ?? flags.text(name).value
const items = (name: string) => (flags: Flags) =>
  flags.unseen([name]) ?? flags.list(name).value.map(({ value }) => value)

describe('the API server', () => {
  it('has the flags of its ConfigMap, and tells where they stand', () => {
    const config = apiServerConfig({ 'audit-log-path': ['/var/log/audit.log'] })
    expect(ofApiServer([config], flags => flags.text('audit-log-path'))).toEqual({
      value: '/var/log/audit.log',
      isGiven: true,
      path: 'metadata.labels.revision',
      actual: '7',
      note: 'ConfigMap openshift-kube-apiserver/config-7 says --audit-log-path=/var/log/audit.log',
    })
    expect(ofApiServer([config], flags => flags.text('etcd-cafile'))).toMatchObject({
      isGiven: false,
      path: 'metadata.labels.revision',
      note: 'in ConfigMap openshift-kube-apiserver/config-7',
    })
  })

  it('has lists', () => {
    const config = apiServerConfig({ 'enable-admission-plugins': ['NodeRestriction', 'PodSecurity'] })
    expect(ofApiServer([config], items('enable-admission-plugins'))).toEqual([
      'NodeRestriction',
      'PodSecurity',
    ])
  })

  it('has what the configuration says in other words, unless a flag says it', () => {
    const more = {
      servingInfo: {
        bindAddress: '0.0.0.0:6443',
        cipherSuites: ['TLS_AES_128_GCM_SHA256'],
        minTLSVersion: 'VersionTLS12',
      },
      serviceAccountPublicKeyFiles: ['/keys/a', '/keys/b'],
      admission: { pluginConfig: { PodSecurity: {} } },
    }
    const ask = (config: Resource) =>
      ['secure-port', 'tls-cipher-suites', 'tls-min-version', 'service-account-key-file'].map(name =>
        ofApiServer([config], items(name)),
      )
    expect(ask(apiServerConfig({}, more))).toEqual([
      ['6443'],
      ['TLS_AES_128_GCM_SHA256'],
      ['VersionTLS12'],
      ['/keys/a', '/keys/b'],
    ])
    expect(ask(apiServerConfig({ 'secure-port': ['1'], 'tls-min-version': ['VersionTLS13'] }, more))).toEqual(
      [['1'], ['TLS_AES_128_GCM_SHA256'], ['VersionTLS13'], ['/keys/a', '/keys/b']],
    )
    expect(ofApiServer([apiServerConfig({}, more)], text('admission-control-config-file'))).toBe(
      'PodSecurity',
    )
  })

  it('has the audit flags in their older form', () => {
    const auditConfig = {
      enabled: true,
      auditFilePath: '/a.log',
      maximumRetainedFiles: 10,
      maximumFileSizeMegabytes: 100,
      policyConfiguration: {},
    }
    const ask = (config: Resource) =>
      ofApiServer([config], flags => [
        flags.text('audit-log-path').value,
        flags.number('audit-log-maxbackup').value,
        flags.number('audit-log-maxsize').value,
        flags.text('audit-policy-file').isGiven,
      ])
    expect(ask(apiServerConfig({}, { auditConfig }))).toEqual(['/a.log', 10, 100, true])
    expect(ask(apiServerConfig({}, { auditConfig: { ...auditConfig, enabled: false } }))?.[0]).toBe('')
  })

  it('reads YAML where somebody wrote it', () => {
    const config = {
      ...apiServerConfig({}),
      data: { 'config.yaml': 'apiServerArguments:\n  audit-log-path:\n  - /a.log\n' },
    }
    expect(ofApiServer([config], text('audit-log-path'))).toBe('/a.log')
  })

  it.each<[string, Resource[]]>([
    ['no ConfigMap was read', []],
    ['only that of another revision was', [{ ...apiServerConfig({}), metadata: { ...meta('config-6') } }]],
    ['only that of another namespace was', [configOf('openshift-kube-scheduler', {})]],
    ['the key is missing', [{ ...apiServerConfig({}), data: {} }]],
    ['it is no object', [{ ...apiServerConfig({}), data: { 'config.yaml': '[]' } }]],
    ['it is no YAML', [{ ...apiServerConfig({}), data: { 'config.yaml': '{' } }]],
    ['it has no flags', [configOf('openshift-kube-apiserver', { servingInfo: {} })]],
    [
      'flags are of another form',
      [configOf('openshift-kube-apiserver', { apiServerArguments: { profiling: 'false' } })],
    ],
  ])('hides all flags where %s', (_, resources) => {
    const reason = ofApiServer(resources, flags => flags.unseen(['profiling']))
    expect(reason).toContain('openshift-kube-apiserver/config-7')
  })

  it('hides all flags where the revision is not told', () => {
    const pod = operatedApiServer()
    const { labels: _, ...metadata } = pod.metadata
    const given = { ...pod, metadata }
    expect(read('kube-apiserver', given, [apiServerConfig({})], text('profiling'))).toContain(
      'which ConfigMap',
    )
  })

  it('leaves open how older versions authorize', () => {
    const config = configOf('openshift-kube-apiserver', { apiServerArguments: { profiling: ['false'] } })
    expect(ofApiServer([config], text('authorization-mode'))).toContain('in code')
    expect(ofApiServer([config], text('profiling'))).toBe('false')
    expect(ofApiServer([apiServerConfig({})], items('authorization-mode'))).toContain('RBAC')
  })
})

function meta(name: string) {
  return { name, namespace: 'openshift-kube-apiserver' }
}

describe('the controller manager', () => {
  const ask = (resources: readonly Resource[]) =>
    read('kube-controller-manager', operatedControllerManager(), resources, text('root-ca-file'))
  it('has the flags of its ConfigMap', () => {
    expect(ask([controllerManagerConfig({ 'root-ca-file': ['/ca.crt'] })])).toBe('/ca.crt')
    expect(ask([])).toContain('was not read')
  })
})

describe('scripts', () => {
  const ofEtcd = <T>(given: Resource, ask: (flags: Flags) => T) => read('etcd', given, [], ask)
  const script = (body: string, env: { name: string; value: string }[] = []) =>
    operatedPod('etcd', body, { env })

  it('give the flags of etcd', () => {
    const given = operatedEtcd(
      '--cert-file=/a.crt',
      '--listen-client-urls=https://${NODE_IP}:2379',
      '|| mv x y',
    )
    expect(ofEtcd(given, text('cert-file'))).toBe('/a.crt')
    expect(ofEtcd(given, text('listen-client-urls'))).toContain('NODE_IP')
    expect(ofEtcd(given, flags => flags.boolean('auto-tls'))).toMatchObject({
      value: false,
      isGiven: false,
      path: 'spec.containers[0].args[0]',
      actual: expect.stringContaining('exec nice'),
    })
  })

  it('have the variables of the container, unless they set them', () => {
    const env = [{ name: 'CERT', value: '/b.crt' }]
    expect(ofEtcd(script('exec etcd --cert-file=$CERT', env), text('cert-file'))).toBe('/b.crt')
    expect(ofEtcd(script('CERT=/c\nexec etcd --cert-file=$CERT', env), text('cert-file'))).toContain('CERT')
    const own = [{ name: 'ETCD_CERT_FILE', value: '/b.crt' }]
    expect(ofEtcd(script('exec etcd', own), text('cert-file'))).toBe('/b.crt')
    expect(ofEtcd(script('export ETCD_CERT_FILE=/c\nexec etcd', own), text('cert-file'))).toContain(
      'ETCD_CERT_FILE is set by the script',
    )
  })

  it.each<[string, string, string]>([
    ['words come from a variable', 'exec etcd --v $MORE', '$MORE'],
    ['it is started in two ways', 'if a; then exec etcd --x; else exec etcd; fi', 'more than one way'],
    ['settings come from a file', '. /etc/env\nexec etcd', 'from elsewhere'],
    ['nothing becomes it', 'etcd --cert-file=/a & wait', 'shell script'],
  ])('hide all flags where %s', (_, body, reason) => {
    expect(ofEtcd(script(body), text('cert-file'))).toContain(reason)
  })

  it('do not take another task for the program', () => {
    expect(ofEtcd(script('exec etcd grpc-proxy start --cert-file=/a'), text('cert-file'))).toContain('script')
  })

  it('are read in the pods of OpenShift’s operators alone', () => {
    const pod = operatedEtcd('--cert-file=/a.crt')
    const elsewhere = { ...pod, metadata: { ...pod.metadata, namespace: 'kube-system' } }
    expect(ofEtcd(elsewhere, text('cert-file'))).toContain('shell script')
  })
})
