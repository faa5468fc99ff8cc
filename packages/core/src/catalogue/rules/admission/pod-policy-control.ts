// Rule: something refuses pods in a namespace that are too privileged.

import { guardKinds, type PodGuard, podGuards } from '../../../kube/admission/pod-guards.ts'
import { findProcess } from '../../../kube/control-plane/component.ts'
import { readFlags } from '../../../kube/control-plane/flags.ts'
import { readPodTemplate } from '../../../kube/pod-template.ts'
import type { Resource } from '../../../model/resource.ts'
import { type Derivation, defineRule, type RuleContext } from '../../../model/rule.ts'
import {
  admissionPolicy,
  admissionPolicyBinding,
  onPods,
  validatingWebhooks,
  webhook,
} from '../../../samples/admission.ts'
import { namespace, object } from '../../../samples/objects.ts'
import { pod } from '../../../samples/pods.ts'

const label = 'pod-security.kubernetes.io/enforce'
const systems = ['kube-system', 'kube-public', 'kube-node-lease']
const guards: Derivation<readonly PodGuard[]> = { kinds: guardKinds, from: podGuards }
/** Whether the API server was given levels for namespaces without labels, which stand in a file. */
const hasDefaults: Derivation<boolean> = {
  kinds: [{ kind: 'Pod', namespace: 'kube-system' }],
  from: pods => pods.some(isGivenConfiguration),
}

const kyverno = (
  own: object,
  match: object = { any: [{ resources: { kinds: ['Pod'] } }] },
  kind = 'ClusterPolicy',
) =>
  object(
    'kyverno.io/v1',
    kind,
    { name: 'baseline', ...(kind === 'Policy' && { namespace: 'shop' }) },
    { spec: { rules: [{ name: 'r', match, validate: { podSecurity: { level: 'baseline' }, ...own } }] } },
  )
const constraint = (spec: object = {}) =>
  object('constraints.gatekeeper.sh/v1beta1', 'K8sPSPPrivilegedContainer', { name: 'no' }, { spec })
const kubewarden = (spec: object = {}) =>
  object(
    'policies.kubewarden.io/v1',
    'ClusterAdmissionPolicy',
    { name: 'no' },
    { spec: { module: 'ghcr.io/kubewarden/policies/pod-privileged:v1', ...spec } },
  )
const celPolicy = (
  kind = 'ValidatingPolicy',
  spec: object = {},
  constraints: object = { resourceRules: onPods },
): Resource =>
  object(
    'policies.kyverno.io/v1',
    kind,
    { name: 'baseline', ...(kind.startsWith('Namespaced') && { namespace: 'shop' }) },
    {
      spec: {
        matchConstraints: constraints,
        validations: [{ expression: '!object.spec.?hostPID.orValue(false)' }],
        ...spec,
      },
    },
  )
const apiServer = (flag: string, program = 'kube-apiserver'): Resource =>
  pod({
    metadata: { name: `${program}-node-1`, namespace: 'kube-system' },
    containers: [{ name: program, command: [program, flag] }],
  })
const given = namespace()

export const rule = defineRule({
  id: 'pod-policy-control',
  title: 'Something refuses pods in a namespace that are too privileged',
  severity: 'medium',
  // By default it is namespace-pod-security that says what is missing.
  defaultEnabled: false,
  subject: 'Namespace',
  reads: [...guardKinds, 'Pod'],
  rationale:
    'Where nothing refuses it, whoever may create pods may create privileged ones and take over the node.',
  remediation:
    'Label the namespace pod-security.kubernetes.io/enforce: baseline, or let Kyverno, Gatekeeper or Kubewarden refuse such pods there.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],

  concerns: resource => !systems.includes(resource.metadata.name ?? ''),

  *violations(resource, context) {
    if (!isLabelled(resource) && strongest(resource, context) === undefined)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: 'a namespace with a level or a policy that refuses',
      }
  },

  unseen(resource, context) {
    if (isLabelled(resource)) return undefined
    const found = strongest(resource, context)
    return found === true ? undefined : found
  },

  examples: {
    fail: {
      nothing: { given, at: ['metadata.name'] },
      'a word that ends like a level': { given: namespace({ labels: { [label]: 'un-restricted' } }) },
      'a word that begins like a level': { given: namespace({ labels: { [label]: 'baseline-v2' } }) },
      'other labels': { given: namespace({ labels: { team: 'a' } }) },
      'an API server without such a file': { given, with: [apiServer('--profiling=false')] },
      'another pod that is given such a file': {
        given,
        with: [apiServer('--admission-control-config-file=/etc/admission.yaml', 'our-tool')],
      },
      'the weakest level': { given: namespace({ labels: { [label]: 'privileged' } }) },
      'a policy of Kyverno that audits': { given, with: [kyverno({ failureAction: 'Audit' })] },
      'a policy of Kyverno that says nothing': { given, with: [kyverno({})] },
      'a policy of Kyverno about something else': {
        given,
        with: [
          kyverno({
            failureAction: 'Enforce',
            podSecurity: null,
            pattern: { metadata: { labels: {} } },
          }),
        ],
      },
      'a policy of Kyverno for another namespace': {
        given: namespace({ name: 'other' }),
        with: [kyverno({ failureAction: 'Enforce' }, undefined, 'Policy')],
      },
      'a constraint that only tells': { given, with: [constraint({ enforcementAction: 'dryrun' })] },
      'a constraint that leaves the namespace out': {
        given,
        with: [constraint({ match: { excludedNamespaces: ['sh*'] } })],
      },
      'a constraint for another namespace': {
        given,
        with: [constraint({ match: { namespaces: ['other'] } })],
      },
      'a policy of Kubewarden that monitors': { given, with: [kubewarden({ mode: 'monitor' })] },
      'a policy of Kubewarden about something else': {
        given,
        with: [kubewarden({ module: 'ghcr.io/kubewarden/policies/safe-labels:v1' })],
      },
      'a policy that is not bound': { given, with: [admissionPolicy()] },
      'a webhook that lets through while it is down': {
        given,
        with: [validatingWebhooks(webhook({ failurePolicy: 'Ignore' }))],
      },
      'a policy in CEL of Kyverno that audits': {
        given,
        with: [celPolicy('ValidatingPolicy', { validationActions: ['Audit', 'Warn'] })],
      },
      'a policy in CEL of Kyverno for scans in the background': {
        given,
        with: [celPolicy('ValidatingPolicy', { evaluation: { admission: { enabled: false } } })],
      },
      'a policy in CEL of Kyverno for another namespace': {
        given: namespace({ name: 'other' }),
        with: [celPolicy('NamespacedValidatingPolicy')],
      },
      'a policy of Kyverno that verifies images': { given, with: [celPolicy('ImageValidatingPolicy')] },
      'an engine without policies': {
        given,
        with: [
          validatingWebhooks(
            webhook({ clientConfig: { service: { name: 'kyverno-svc', namespace: 'kyverno' } } }),
          ),
        ],
      },
    },
    pass: {
      'the level baseline': { given: namespace({ labels: { [label]: 'baseline' } }) },
      'the level restricted': { given: namespace({ labels: { [label]: 'restricted' } }) },
      'the level baseline beside a webhook that is not known': {
        given: namespace({ labels: { [label]: 'baseline' } }),
        with: [validatingWebhooks(webhook())],
      },
      'a policy of Kyverno': { given, with: [kyverno({ failureAction: 'Enforce' })] },
      'a policy of Kyverno for this namespace': {
        given,
        with: [kyverno({ failureAction: 'enforce' }, undefined, 'Policy')],
      },
      'a constraint of Gatekeeper': { given, with: [constraint()] },
      'a constraint for such namespaces': { given, with: [constraint({ match: { namespaces: ['*op'] } })] },
      'a policy of Kubewarden': { given, with: [kubewarden()] },
      'OpenShift, whose constraints are always there': { given, occasion: { provider: 'openshift' } },
      'Autopilot of GKE, which refuses itself': { given, occasion: { distribution: 'gke-autopilot' } },
      'one that refuses beside one that is not known': {
        given,
        with: [constraint(), validatingWebhooks(webhook())],
      },
    },
    notEvaluated: {
      'a policy of Kyverno with exclusions': {
        given,
        with: [
          kyverno(
            { failureAction: 'Enforce' },
            { any: [{ resources: { kinds: ['Pod'], namespaceSelector: {} } }] },
          ),
        ],
      },
      'a webhook that is not known': { given, with: [validatingWebhooks(webhook())] },
      'a policy in CEL': { given, with: [admissionPolicy(), admissionPolicyBinding('replicas')] },
      'a policy in CEL of Kyverno': { given, with: [celPolicy()] },
      'a policy in CEL of Kyverno for this namespace': {
        given,
        with: [celPolicy('NamespacedValidatingPolicy', { validationActions: ['Deny'] })],
      },
      'a policy of Kyverno that changes pods': {
        given,
        with: [celPolicy('MutatingPolicy', { mutations: [{ patchType: 'JSONPatch' }] })],
      },
      'a template of one’s own': {
        given,
        with: [object('templates.gatekeeper.sh/v1', 'ConstraintTemplate', { name: 'ourpods' })],
      },
      'levels that stand in a file': {
        given,
        with: [apiServer('--admission-control-config-file=/etc/admission.yaml')],
      },
    },
    unconcerned: {
      'a namespace of the cluster': { given: namespace({ name: 'kube-system' }) },
      'the namespace that all may read': { given: namespace({ name: 'kube-public' }) },
      'the namespace of leases': { given: namespace({ name: 'kube-node-lease' }) },
    },
  },
})

const isLabelled = ({ metadata: { labels } }: Resource) =>
  /^(?:baseline|restricted)$/.test(labels?.[label] ?? '')

/** True where something refuses; why it cannot be told, where something may; else undefined. */
function strongest(resource: Resource, { lookup, occasion }: RuleContext<object>): true | string | undefined {
  if (occasion.provider === 'openshift' || occasion.distribution === 'gke-autopilot') return true
  const found = lookup.derive(guards).map(guard => ({ name: guard.name, state: guard.guards(resource) }))
  if (found.some(({ state }) => state === true)) return true
  const open = found.find(({ state }) => state === 'unknown')
  if (open) return `${open.name} may refuse such pods here; what it asks for is not worked out`
  return lookup.derive(hasDefaults)
    ? 'the levels of namespaces without labels stand in a file of the API server'
    : undefined
}

function isGivenConfiguration(resource: Resource): boolean {
  const reading = readPodTemplate(resource)
  const process = reading.ok ? findProcess(reading.template, 'kube-apiserver') : undefined
  return process !== undefined && readFlags(process).text('admission-control-config-file').isGiven
}
