// Operator configuration: adds what OpenShift's operators configure in a ConfigMap to the flags that a component's pod shows.
//
// The operators give kube-apiserver and kube-controller-manager a file, `--openshift-config=…/configmaps/config/config.yaml`, and the
// programs turn it into flags that follow those of the command line. The installer copies the file from the ConfigMap `config-<revision>`
// of the pod's namespace; the pod bears the revision as a label.
//
// Sources: openshift/kubernetes openshift-kube-apiserver/openshiftkubeapiserver/flags.go and cmd/kube-controller-manager/app/patch.go;
// openshift/api kubecontrolplane/v1; openshift/library-go pkg/operator/staticpod/installerpod; releases 4.1 to 4.22.

import type { PodTemplate } from '../../model/pod-template.ts'
import type { Resource } from '../../model/resource.ts'
import type { Lookup } from '../../model/rule.ts'
import { isRecord } from '../../model/shape.ts'
import type { Argument } from '../control-plane/arguments.ts'
import type { ComponentProcess } from '../control-plane/component.ts'
import { readYaml } from '../documents/read-yaml.ts'
import { readConfigMap } from '../kinds/config-map.ts'

/** Values by flag. */
export type FlagValues = Record<string, readonly string[]>

const flag = '--openshift-config='

/** The process as it is, or, where OpenShift configures it by a ConfigMap, with the flags that this brings; the rule reads ConfigMap. */
export function withOperatorConfig(
  process: ComponentProcess,
  pod: PodTemplate,
  lookup: Lookup,
): ComponentProcess {
  const named = process.arguments.find(({ text }) => text.startsWith(flag))
  if (!named) return process
  const file = named.text.slice(flag.length)
  const hide = (hidden: string): ComponentProcess => ({ ...process, arguments: [], hidden })
  const [, directory, key] = /\/configmaps\/([^/]+)\/([^/]+)$/.exec(file) ?? []
  const revision = pod.resource.metadata.labels?.revision
  if (directory === undefined || key === undefined || !revision)
    return hide(`which ConfigMap holds ${file} cannot be told from the pod`)
  const name = `${directory}-${revision}`
  const place = `ConfigMap ${pod.namespace}/${name}`
  const resource = lookup.get('ConfigMap', pod.namespace, name)
  const text = resource && readConfigMap(resource).data?.[key]
  if (text === undefined) return hide(`the configuration of ${process.component}, ${place}, was not read`)
  const config = parse(text)
  const flags = config && flagsOf(process.component, config)
  if (!flags) return hide(`the configuration of ${process.component}, ${place}, is not of the known form`)
  // Of the pod it is the revision that brings them.
  const revised = { path: 'metadata.labels.revision', written: revision }
  const added = Object.entries(flags).flatMap(([own, values]) =>
    values.map((value): Argument => {
      const text = `--${own}=${value}`
      return { ...revised, text, note: `${place} says ${text}` }
    }),
  )
  return {
    ...process,
    arguments: [...process.arguments, ...added],
    addedAt: { path: revised.path, actual: revision, note: `in ${place}` },
    open: flags['authorization-mode'] ? {} : { 'authorization-mode': olderAuthorizers },
  }
}

const olderAuthorizers =
  'this version of OpenShift sets its authorizers in code, where no configuration tells'

/** The flags that the configuration of one of OpenShift's own API servers names; undefined where it is of another form. */
export function readServerArguments(configMap: Resource): FlagValues | undefined {
  const config = parse(readConfigMap(configMap).data?.['config.yaml'] ?? '')
  return config && argumentMap(config.apiServerArguments)
}

function parse(text: string): Record<string, unknown> | undefined {
  let value: unknown
  try {
    // The operators write JSON, which is read much faster.
    value = JSON.parse(text)
  } catch {
    const reading = readYaml(text)
    value = 'value' in reading ? reading.value : undefined
  }
  return isRecord(value) ? value : undefined
}

/** The flags that a configuration stands for; undefined for one of another form. */
function flagsOf(
  component: ComponentProcess['component'],
  config: Record<string, unknown>,
): FlagValues | undefined {
  if (component === 'kube-controller-manager') return argumentMap(config.extendedArguments)
  if (component !== 'kube-apiserver') return undefined
  const flags = argumentMap(config.apiServerArguments)
  const { servingInfo = {}, serviceAccountPublicKeyFiles: keys } = config
  if (!flags || !isRecord(servingInfo)) return undefined
  const { bindAddress, cipherSuites, minTLSVersion } = servingInfo
  const port = typeof bindAddress === 'string' ? /:(\d+)$/.exec(bindAddress)?.[1] : undefined
  // A flag that is given is left as it is.
  return {
    ...auditFlags(config.auditConfig),
    ...(port !== undefined && { 'secure-port': [port] }),
    ...(isTexts(keys) && { 'service-account-key-file': keys }),
    ...(isTexts(cipherSuites) && cipherSuites.length > 0 && { 'tls-cipher-suites': cipherSuites }),
    ...(typeof minTLSVersion === 'string' && minTLSVersion !== '' && { 'tls-min-version': [minTLSVersion] }),
    ...admissionFlags(config.admission),
    ...flags,
  }
}

/** Flag by name, each with its values; undefined where it is anything else. */
function argumentMap(value: unknown): FlagValues | undefined {
  if (!isRecord(value)) return undefined
  const flags: FlagValues = {}
  for (const [name, values] of Object.entries(value)) {
    if (!isTexts(values)) return undefined
    flags[name] = values
  }
  return flags
}

/** The older form of what the audit flags say; releases 4.1 to 4.6 have it. */
function auditFlags(audit: unknown): FlagValues {
  if (!isRecord(audit) || audit.enabled !== true) return {}
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? [String(value)] : undefined
  const policy = isRecord(audit.policyConfiguration) ? 'policyConfiguration' : audit.policyFile
  return present({
    'audit-log-maxage': text(audit.maximumFileRetentionDays),
    'audit-log-maxbackup': text(audit.maximumRetainedFiles),
    'audit-log-maxsize': text(audit.maximumFileSizeMegabytes),
    'audit-log-path': text(audit.auditFilePath),
    'audit-policy-file': text(policy),
  })
}

/** The configuration of plugins is written into a file for the program. */
function admissionFlags(admission: unknown): FlagValues {
  const plugins = isRecord(admission) && isRecord(admission.pluginConfig) ? admission.pluginConfig : {}
  return Object.keys(plugins).length === 0
    ? {}
    : { 'admission-control-config-file': [Object.keys(plugins).join('+')] }
}

function present(flags: Readonly<Record<string, readonly string[] | undefined>>): FlagValues {
  return Object.fromEntries(
    Object.entries(flags).filter((entry): entry is [string, readonly string[]] => entry[1] !== undefined),
  )
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(item => typeof item === 'string')
