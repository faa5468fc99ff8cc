// Object references: what objects name and select of others, read from whatever they hold: what is not as the API has it is passed over.

import { assetKind, type LabelSelector, selects, selectsByMap } from '@plimsoll/core'

type Value = Readonly<Record<string, unknown>>
export type Thing = Value
type Labels = Readonly<Record<string, string>>

const record = (value: unknown): Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Value) : {}
const records = (value: unknown): readonly Value[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'object' && one !== null) : []
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const texts = (value: unknown): Labels =>
  Object.fromEntries(
    Object.entries(record(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
/** What stands at a path of field names. */
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((one, name) => record(one)[name], value)

export const kindOf = (object: Thing) => text(object.kind)
export const namespaceOf = (object: Thing) => text(at(object, 'metadata', 'namespace'))
export const labelsOf = (object: Thing) => texts(at(object, 'metadata', 'labels'))

const key = (kind: string, namespace: string, name: unknown): string[] =>
  text(name) === '' ? [] : [`${kind}/${namespace}/${text(name)}`]

/** Owners live in the namespace of what they own, or in none. */
export function ownersOf(object: Thing): string[] {
  return records(at(object, 'metadata', 'ownerReferences')).flatMap(({ apiVersion, kind, name }) => {
    if (text(kind) === '' || kind === 'Node') return []
    const own = assetKind(text(apiVersion) || 'v1', text(kind))
    return [...key(own, namespaceOf(object), name), ...(namespaceOf(object) === '' ? [] : key(own, '', name))]
  })
}

export const isOwned = (object: Thing) =>
  records(at(object, 'metadata', 'ownerReferences')).some(({ controller }) => controller === true)

function templateOf(object: Thing): Value | undefined {
  if (object.kind === 'Pod') return object
  const template = at(object, 'spec', 'template') ?? at(object, 'spec', 'jobTemplate', 'spec', 'template')
  return Object.keys(record(at(template, 'spec'))).length > 0 ? record(template) : undefined
}
export const makesPods = (object: Thing) => templateOf(object) !== undefined
export const podLabels = (object: Thing) => texts(at(templateOf(object), 'metadata', 'labels'))

export function accountOf(object: Thing): string | undefined {
  const template = templateOf(object)
  if (!template) return undefined
  const name =
    text(at(template, 'spec', 'serviceAccountName')) || text(at(template, 'spec', 'serviceAccount'))
  return `ServiceAccount/${namespaceOf(object)}/${name || 'default'}`
}

/** Claims that pods mount. */
export const claimsOf = (object: Thing): string[] =>
  records(at(templateOf(object), 'spec', 'volumes')).flatMap(volume =>
    key('PersistentVolumeClaim', namespaceOf(object), at(volume, 'persistentVolumeClaim', 'claimName')),
  )

/** A Service without a selector selects nothing by itself. */
export function selectsPods(service: Thing, labels: Labels): boolean {
  const selector = texts(at(service, 'spec', 'selector'))
  return Object.keys(selector).length > 0 && selectsByMap(selector, labels)
}

/** Whether a selector as the API has it selects; one that is absent selects all where that is what absence means there. */
function isSelected(selector: unknown, labels: Labels): boolean {
  const { matchLabels, matchExpressions } = record(selector)
  const sound: LabelSelector = {
    matchLabels: texts(matchLabels),
    matchExpressions: records(matchExpressions).map(({ key: own, operator, values }) => ({
      key: text(own),
      operator: text(operator),
      values: Array.isArray(values) ? values.map(text) : [],
    })),
  }
  return selects(sound, labels) === true
}

export const governs = (policy: Thing, labels: Labels) =>
  isSelected(at(policy, 'spec', 'podSelector'), labels)

/** Whether an admission policy or webhook looks at what comes to a namespace of these labels. */
export function guards(object: Thing, labels: Labels): boolean {
  if (kindOf(object).endsWith('WebhookConfiguration'))
    return records(object.webhooks).some(({ namespaceSelector }) => isSelected(namespaceSelector, labels))
  return isSelected(at(object, 'spec', 'matchResources', 'namespaceSelector'), labels)
}

/** The Services that an Ingress or a route sends to. */
export function backendsOf(object: Thing): string[] {
  const own = namespaceOf(object)
  const service = (name: unknown, namespace = own) => key('Service', namespace, name)
  switch (kindOf(object)) {
    case 'Ingress':
      return [
        ...service(at(object, 'spec', 'defaultBackend', 'service', 'name')),
        ...service(at(object, 'spec', 'backend', 'serviceName')),
        ...records(at(object, 'spec', 'rules')).flatMap(rule =>
          records(at(rule, 'http', 'paths')).flatMap(({ backend }) => [
            ...service(at(backend, 'service', 'name')),
            ...service(at(backend, 'serviceName')),
          ]),
        ),
      ]
    case 'Route':
      return [at(object, 'spec', 'to'), ...records(at(object, 'spec', 'alternateBackends'))].flatMap(one =>
        (text(at(one, 'kind')) || 'Service') === 'Service' ? service(at(one, 'name')) : [],
      )
    default:
      return records(at(object, 'spec', 'rules')).flatMap(rule =>
        records(rule.backendRefs).flatMap(({ kind, group, name, namespace }) =>
          (text(kind) || 'Service') === 'Service' && text(group) === ''
            ? service(name, text(namespace) || own)
            : [],
        ),
      )
  }
}

export const gatewaysOf = (object: Thing): string[] =>
  records(at(object, 'spec', 'parentRefs')).flatMap(({ kind, name, namespace }) =>
    (text(kind) || 'Gateway') === 'Gateway'
      ? key('Gateway.gateway.networking.k8s.io', text(namespace) || namespaceOf(object), name)
      : [],
  )

/** The volume of a claim, or the claim of a volume. */
export function boundTo(object: Thing): string[] {
  if (object.kind === 'PersistentVolumeClaim')
    return key('PersistentVolume', '', at(object, 'spec', 'volumeName'))
  const claim = at(object, 'spec', 'claimRef')
  return key('PersistentVolumeClaim', text(at(claim, 'namespace')), at(claim, 'name'))
}
export const storageClassOf = (object: Thing): string[] =>
  key('StorageClass', '', at(object, 'spec', 'storageClassName'))

export const isBinding = (object: Thing) => Object.keys(record(object.roleRef)).length > 0

export function roleOf(binding: Thing): string[] {
  const { kind, name } = record(binding.roleRef)
  return key(text(kind), kind === 'ClusterRole' ? '' : namespaceOf(binding), name)
}

/** The ServiceAccounts that a binding names one by one. */
export const accountsOf = (binding: Thing): string[] =>
  records(binding.subjects).flatMap(({ kind, name, namespace }) => {
    if (kind === 'ServiceAccount') return key('ServiceAccount', text(namespace) || namespaceOf(binding), name)
    const user = kind === 'User' ? /^system:serviceaccount:([^:]+):([^:]+)$/.exec(text(name)) : null
    return user ? [`ServiceAccount/${user[1]}/${user[2]}`] : []
  })

/** Whether a binding grants to a ServiceAccount, by its name or by a group that it is always in. */
export function grantsTo(binding: Thing, account: string): boolean {
  const [, namespace = ''] = account.split('/')
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated']
  return (
    accountsOf(binding).includes(account) ||
    records(binding.subjects).some(({ kind, name }) => kind === 'Group' && groups.includes(text(name)))
  )
}

/** What the labels of a Namespace ask of pods, such as `baseline:v1.34`; null where they ask nothing. */
export function podSecurityOf(namespace: Thing) {
  const labels = labelsOf(namespace)
  const level = (mode: string) => {
    const own = labels[`pod-security.kubernetes.io/${mode}`]
    const version = labels[`pod-security.kubernetes.io/${mode}-version`]
    return own === undefined ? null : version === undefined ? own : `${own}:${version}`
  }
  return { enforce: level('enforce'), audit: level('audit'), warn: level('warn') }
}
