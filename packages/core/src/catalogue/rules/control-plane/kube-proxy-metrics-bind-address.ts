// Rule: kube-proxy shows its metrics to its own node alone.

import { findProcess, runsComponent } from '../../../kube/control-plane/component.ts'
import { type Flags, readFlags, type Setting } from '../../../kube/control-plane/flags.ts'
import { findMount, volumeOf } from '../../../kube/control-plane/mounted-path.ts'
import { readYaml } from '../../../kube/documents/read-yaml.ts'
import { readConfigMap } from '../../../kube/kinds/config-map.ts'
import { childPath } from '../../../kube/path.ts'
import type { Container, PodTemplate } from '../../../model/pod-template.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { isRecord } from '../../../model/shape.ts'
import { object } from '../../../samples/objects.ts'
import { pod } from '../../../samples/pods.ts'
import { componentPod, notComponents, scripted, untoldFlags, word } from './component-pods.ts'
import { isLocalHost } from './loopback.ts'

const flag = 'metrics-bind-address'

export const rule = defineRule({
  id: 'kube-proxy-metrics-bind-address',
  title: 'Kube-proxy shows its metrics to its own node alone',
  severity: 'low',
  subject: 'PodTemplate',
  reads: ['ConfigMap'],
  absent: 'not-collected',
  rationale:
    'The port of the metrics asks for no credentials; on all addresses anybody in the network reads the layout of the cluster’s Services, and profiles where they are on.',
  remediation:
    'Leave metricsBindAddress of kube-proxy’s configuration (or --metrics-bind-address) unset, or set it to 127.0.0.1:10249.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/'],

  concerns: pod => runsComponent(pod, 'kube-proxy'),

  *violations(pod, { lookup }) {
    const found = findAddress(pod, lookup)
    if (typeof found === 'string' || isLocal(found.value)) return
    yield { path: found.path, actual: found.actual, expected: found.expected }
  },

  unseen(pod, { lookup }) {
    const found = findAddress(pod, lookup)
    return typeof found === 'string' ? found : undefined
  },

  examples: {
    fail: {
      'a flag': { given: proxy('--metrics-bind-address=0.0.0.0:10249'), at: [word(1)] },
      'a flag, and all addresses of IPv6': {
        given: proxy('--metrics-bind-address', '[::]:10249'),
        at: [word(2)],
      },
      'its configuration': {
        given: configured(),
        with: [configuration('metricsBindAddress: 0.0.0.0:10249')],
        at: ['spec.containers[0].command[1]'],
      },
      'its configuration, in an address without port': {
        given: configured(),
        with: [configuration('metricsBindAddress: 10.0.0.1')],
      },
      'its configuration, whatever the flag says': {
        given: configured('--metrics-bind-address=127.0.0.1:10249'),
        with: [configuration('metricsBindAddress: "[::]:10249"')],
      },
      'an address with too many parts': { given: proxy('--metrics-bind-address=0.0.0.0:127.0.0.1:10249') },
      'an address with too many ports': { given: proxy('--metrics-bind-address=127.0.0.1:10249:1') },
    },
    pass: {
      'nothing said': { given: proxy() },
      'a flag': { given: proxy('--metrics-bind-address=127.0.0.1:10249') },
      'its configuration': {
        given: configured(),
        with: [configuration('metricsBindAddress: "[::1]:10249"')],
      },
      'its configuration, left open': {
        given: configured(),
        with: [configuration('metricsBindAddress: ""')],
      },
      'its configuration, silent': { given: configured(), with: [configuration('mode: iptables')] },
      'its configuration, whatever the flag says': {
        given: configured('--metrics-bind-address=0.0.0.0:10249'),
        with: [configuration('mode: iptables')],
      },
      'a flag, and the address of IPv6 as it is': { given: proxy('--metrics-bind-address=::1') },
      'a flag, and a name without a port': { given: proxy('--metrics-bind-address=localhost') },
    },
    notEvaluated: {
      'a file of the node': { given: proxy('--config=/etc/kube-proxy.yaml') },
      'a ConfigMap that is not there': { given: configured() },
      'a ConfigMap without that key': {
        given: configured(),
        with: [object('v1', 'ConfigMap', { name: 'kube-proxy', namespace: 'kube-system' }, { data: {} })],
      },
      'a configuration that cannot be read': { given: configured(), with: [configuration('a: [b')] },
      'a shell script starts it': { given: scripted('kube-proxy') },
      ...untoldFlags('kube-proxy', [flag, 'config']),
      'a volume that is not there': {
        given: componentPod('kube-proxy', ['--config=/etc/a.conf'], {
          volumeMounts: [{ name: 'a', mountPath: '/etc' }],
        }),
      },
      'a volume that is no ConfigMap': {
        given: pod({
          metadata: { namespace: 'kube-system' },
          containers: [
            {
              name: 'kube-proxy',
              command: ['kube-proxy', '--config=/etc/a.conf'],
              volumeMounts: [{ name: 'a', mountPath: '/etc' }],
            },
          ],
          volumes: [{ name: 'a', emptyDir: {} }],
        }),
      },
      'a ConfigMap without data': {
        given: configured(),
        with: [object('v1', 'ConfigMap', { name: 'kube-proxy', namespace: 'kube-system' })],
      },
      'a configuration that is no object': { given: configured(), with: [configurationOf('- a')] },
    },
    unconcerned: notComponents('kube-proxy'),
  },
})

interface Address extends Pick<Setting<string>, 'path' | 'actual' | 'value'> {
  readonly expected: string
}

/** The address that is in effect, or why it cannot be told. */
function findAddress(pod: PodTemplate, lookup: Lookup): Address | string {
  const process = findProcess(pod, 'kube-proxy')
  if (!process) return 'kube-proxy does not run here'
  const flags = readFlags(process)
  const hidden = flags.unseen([flag, 'config'])
  if (hidden !== undefined) return hidden
  const config = flags.text('config')
  if (config.value === '') return { ...flags.text(flag), expected: `--${flag}=127.0.0.1:10249, or unset` }
  return addressInFile(pod, process.container, flags, lookup)
}

function addressInFile(
  pod: PodTemplate,
  container: Container,
  flags: Flags,
  lookup: Lookup,
): Address | string {
  const { value: file, path, actual } = flags.text('config')
  const unread = `the configuration of kube-proxy, ${file}, was not read`
  const found = findMount(container, file)
  const name = found && volumeOf(pod, found.mount)?.configMap?.name
  if (name === undefined) return unread
  const resource = lookup.get('ConfigMap', pod.namespace, name)
  const key = found?.below.slice(1) ?? ''
  const text = resource && readConfigMap(resource).data?.[key]
  if (text === undefined) return unread
  const reading = readYaml(text)
  if (!('value' in reading) || !isRecord(reading.value)) return `${unread}: it is no YAML object`
  const { metricsBindAddress } = reading.value
  return {
    value: typeof metricsBindAddress === 'string' ? metricsBindAddress : '',
    path,
    actual,
    expected: `metricsBindAddress 127.0.0.1:10249 or unset in ${childPath(`ConfigMap ${name} data`, key)}`,
  }
}

/** True for an address with or without port that other machines do not reach; unset means 127.0.0.1. */
function isLocal(address: string): boolean {
  if (address === '') return true
  const found = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(address)
  return isLocalHost(found?.[1] ?? address)
}

function proxy(...flags: readonly string[]) {
  return componentPod('kube-proxy', flags)
}

function configured(...flags: readonly string[]) {
  const { spec, ...rest } = componentPod(
    'kube-proxy',
    ['--config=/var/lib/kube-proxy/config.conf', ...flags],
    {
      volumeMounts: [{ name: 'kube-proxy', mountPath: '/var/lib/kube-proxy' }],
    },
  )
  const volumes = [{ name: 'kube-proxy', configMap: { name: 'kube-proxy' } }]
  return { ...rest, spec: { ...(spec as object), volumes } }
}

function configuration(line: string) {
  return configurationOf(
    `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n${line}\n`,
  )
}

function configurationOf(text: string) {
  return object(
    'v1',
    'ConfigMap',
    { name: 'kube-proxy', namespace: 'kube-system' },
    { data: { 'config.conf': text } },
  )
}
