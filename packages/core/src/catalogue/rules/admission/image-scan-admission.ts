// Rule: something in the cluster refuses images that were not scanned.

import { imageScanGates, scanGateKinds } from '../../../kube/admission/image-scan-gates.ts'
import type { ImageVerifier } from '../../../kube/admission/image-verifiers.ts'
import { strongestVerifier } from '../../../kube/admission/image-verifiers.ts'
import { type Derivation, defineRule } from '../../../model/rule.ts'
import { validatingWebhooks, webhook } from '../../../samples/admission.ts'
import { namespace, object } from '../../../samples/objects.ts'
import { pod } from '../../../samples/pods.ts'

const strongest: Derivation<ImageVerifier | undefined> = {
  kinds: scanGateKinds,
  from: resources => strongestVerifier(imageScanGates(resources)),
}

const given = namespace({ name: 'kube-system' })
const predicate = 'https://cosign.sigstore.dev/attestation/vuln/v1'
const kyverno = (validationFailureAction: string, rule: object = {}) =>
  object(
    'kyverno.io/v1',
    'ClusterPolicy',
    { name: 'scanned' },
    {
      spec: {
        validationFailureAction,
        rules: [{ name: 'r', verifyImages: [{ attestations: [{ type: predicate }] }], ...rule }],
      },
    },
  )
const imagePolicy = (spec: object = {}) =>
  object(
    'policies.kyverno.io/v1',
    'ImageValidatingPolicy',
    { name: 'scanned' },
    { spec: { attestations: [{ name: 'report', intoto: { type: predicate } }], ...spec } },
  )
const sigstore = (predicateType: string, spec: object = {}) =>
  object(
    'policy.sigstore.dev/v1beta1',
    'ClusterImagePolicy',
    { name: 'scanned' },
    { spec: { authorities: [{ attestations: [{ name: 'must', predicateType }] }], ...spec } },
  )
const included = namespace({ labels: { 'policy.sigstore.dev/include': 'true' } })
const kubewarden = (module: string, spec: object = {}) =>
  object(
    'policies.kubewarden.io/v1',
    'ClusterAdmissionPolicy',
    { name: 'scanned' },
    { spec: { module, ...spec } },
  )
const cves = 'ghcr.io/kubewarden/policies/image-cve-policy:v0.5.0'
const template = (name: string, rego: string) =>
  object('templates.gatekeeper.sh/v1', 'ConstraintTemplate', { name }, { spec: { targets: [{ rego }] } })
const served = (name: string, own: object = {}) =>
  validatingWebhooks(webhook({ clientConfig: { service: { name, namespace: 'guard' } }, ...own }))

export const rule = defineRule({
  id: 'image-scan-admission',
  title: 'Something in the cluster refuses images that were not scanned',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'Namespace',
  reads: scanGateKinds,
  absent: 'not-collected',
  rationale:
    'What is scanned in a pipeline and not asked for at the door keeps nobody from running an image that went past it.',
  remediation:
    'Attest scans in the pipeline, and let Kyverno, the sigstore policy-controller, Kubewarden or an admission controller of the scanner refuse images without.',
  references: [
    'https://kubernetes.io/docs/concepts/security/supply-chain/',
    'https://docs.sigstore.dev/policy-controller/overview/',
  ],

  // One namespace stands for the cluster.
  concerns: resource => resource.metadata.name === 'kube-system',

  *violations(resource, { lookup, occasion }) {
    const found = lookup.derive(strongest)
    if (found?.enforces === true || found?.enforces === 'unknown' || occasion.provider === 'gke') return
    yield {
      path: 'metadata.name',
      actual: resource.metadata.name,
      expected: `a cluster in which images without a scan are refused${found ? `; ${found.name} only reports` : ''}`,
    }
  },

  unseen(_, { lookup, occasion }) {
    const found = lookup.derive(strongest)
    if (found?.enforces === true) return undefined
    if (found?.enforces === 'unknown')
      return `${found.name} may ask for scans; what it asks for is not worked out`
    return occasion.provider === 'gke'
      ? 'Binary Authorization may ask for scans, and its policy stands in the cloud'
      : undefined
  },

  examples: {
    fail: {
      nothing: { given, at: ['metadata.name'] },
      'a policy of Kyverno that audits': { given, with: [kyverno('Audit')] },
      'a policy of Kyverno that asks for a signature alone': {
        given,
        with: [kyverno('Enforce', { verifyImages: [{ imageReferences: ['*'] }] })],
      },
      'a newer policy of Kyverno that audits': {
        given,
        with: [imagePolicy({ validationActions: ['Audit'] })],
      },
      'a policy of sigstore about something else': { given, with: [sigstore('slsaprovenance'), included] },
      'a policy of sigstore that warns': { given, with: [sigstore('vuln', { mode: 'warn' }), included] },
      'a policy of sigstore, and no namespace that asks for it': { given, with: [sigstore('vuln')] },
      'a policy of Kubewarden that monitors': { given, with: [kubewarden(cves, { mode: 'monitor' })] },
      'a policy of Kubewarden about something else': {
        given,
        with: [kubewarden('ghcr.io/kubewarden/policies/safe-labels:v1')],
      },
      'a template about something else': {
        given,
        with: [template('k8srequiredlabels', 'violation[x] { x }')],
      },
      'a webhook that lets through while it is down': {
        given,
        with: [served('scanner', { failurePolicy: 'Ignore' })],
      },
      'a webhook that is not asked about pods': {
        given,
        with: [
          served('scanner', {
            rules: [
              {
                apiGroups: ['apps'],
                apiVersions: ['v1'],
                operations: ['CREATE'],
                resources: ['deployments'],
              },
            ],
          }),
        ],
      },
      'an engine without such policies': { given, with: [served('kyverno-svc')] },
    },
    pass: {
      'a policy of Kyverno': { given, with: [kyverno('Enforce')] },
      'a newer policy of Kyverno': { given, with: [imagePolicy()] },
      'a policy of sigstore': { given, with: [sigstore('vuln'), included] },
      'a policy of Kubewarden': { given, with: [kubewarden(cves)] },
      'one that refuses beside one that is not known': {
        given,
        with: [served('scanner'), kyverno('Enforce')],
      },
      'one that refuses, on GKE': { given, with: [kyverno('Enforce')], occasion: { provider: 'gke' } },
    },
    notEvaluated: {
      'a webhook that is not known': { given, with: [served('scanner')] },
      'a policy of Kyverno that calls a scanner': {
        given,
        with: [
          object(
            'kyverno.io/v1',
            'ClusterPolicy',
            { name: 'scanned' },
            {
              spec: {
                validationFailureAction: 'Enforce',
                rules: [
                  {
                    name: 'r',
                    context: [{ name: 'report', apiCall: { service: { url: 'http://trivy.trivy/report' } } }],
                  },
                ],
              },
            },
          ),
        ],
      },
      'a template that calls out': {
        given,
        with: [template('k8sexternal', 'response := external_data({"provider": "reports"})')],
      },
      'a template named so': { given, with: [template('vulnerabilities', 'violation[x] { x }')] },
      'the plugin of the API server, whose backend decides': {
        given,
        with: [
          pod({
            metadata: { name: 'kube-apiserver-node-1', namespace: 'kube-system' },
            containers: [
              {
                name: 'kube-apiserver',
                command: ['kube-apiserver', '--enable-admission-plugins=ImagePolicyWebhook'],
              },
            ],
          }),
        ],
      },
      'GKE, where the cloud may ask': { given, occasion: { provider: 'gke' } },
    },
    unconcerned: { 'another namespace': { given: namespace() } },
  },
})
