// Rule: something in the cluster refuses images that nobody signed.

import {
  type ImageVerifier,
  imageVerifiers,
  strongestVerifier,
  verifierKinds,
} from '../../../kube/admission/image-verifiers.ts'
import { type Derivation, defineRule } from '../../../model/rule.ts'
import { validatingWebhooks, webhook } from '../../../samples/admission.ts'
import { namespace, object } from '../../../samples/objects.ts'
import { pod } from '../../../samples/pods.ts'

const strongest: Derivation<ImageVerifier | undefined> = {
  kinds: verifierKinds,
  from: resources => strongestVerifier(imageVerifiers(resources)),
}

const kubeSystem = namespace({ name: 'kube-system' })
const kyverno = (spec: object, kind = 'ClusterPolicy') =>
  object(
    'kyverno.io/v1',
    kind,
    { name: 'signed' },
    { spec: { rules: [{ name: 'r', verifyImages: [{ imageReferences: ['*'] }] }], ...spec } },
  )
const imagePolicy = (spec: object) =>
  object('policies.kyverno.io/v1', 'ImageValidatingPolicy', { name: 'signed' }, { spec })
const sigstore = (spec: object = {}) =>
  object('policy.sigstore.dev/v1beta1', 'ClusterImagePolicy', { name: 'signed' }, { spec })
const ratify = object('templates.gatekeeper.sh/v1', 'ConstraintTemplate', { name: 'ratifyverification' })
const included = namespace({ labels: { 'policy.sigstore.dev/include': 'true' } })
const connaisseur = (failurePolicy: string) =>
  validatingWebhooks(
    webhook({
      failurePolicy,
      clientConfig: { service: { namespace: 'connaisseur', name: 'connaisseur-svc' } },
    }),
  )
const apiServer = (plugins: string) =>
  pod({
    metadata: { name: 'kube-apiserver-node-1', namespace: 'kube-system' },
    containers: [
      { name: 'kube-apiserver', command: ['kube-apiserver', `--enable-admission-plugins=${plugins}`] },
    ],
  })

export const rule = defineRule({
  id: 'image-provenance',
  title: 'Something in the cluster refuses images that nobody signed',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'Namespace',
  reads: verifierKinds,
  absent: 'not-collected',
  rationale:
    'A registry or a build that was broken into serves other images under the same names; only a signature tells them from the real ones.',
  remediation:
    'Sign images (cosign, Notation), and let Kyverno, the sigstore policy-controller, Connaisseur, Kubewarden or an ImagePolicyWebhook refuse those without a signature.',
  references: [
    'https://kubernetes.io/docs/concepts/security/supply-chain/',
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#imagepolicywebhook',
  ],

  // One namespace stands for the cluster.
  concerns: resource => resource.metadata.name === 'kube-system',

  *violations(resource, { lookup }) {
    const found = lookup.derive(strongest)
    if (found?.enforces === undefined || found.enforces === false)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: `a cluster in which unsigned images are refused${found ? `; ${found.name} only reports` : ''}`,
      }
  },

  unseen(_, { lookup }) {
    const found = lookup.derive(strongest)
    return found?.enforces === 'unknown'
      ? `${found.name} may verify images, and its constraints were not read`
      : undefined
  },

  examples: {
    fail: {
      nothing: { given: kubeSystem, at: ['metadata.name'] },
      'a policy of Kyverno that audits': {
        given: kubeSystem,
        with: [kyverno({ validationFailureAction: 'Audit' })],
      },
      'a policy of Kyverno that says nothing': { given: kubeSystem, with: [kyverno({})] },
      'a policy of Kyverno about something else': {
        given: kubeSystem,
        with: [kyverno({ validationFailureAction: 'Enforce', rules: [{ name: 'r', validate: {} }] })],
      },
      'a policy of sigstore, and no namespace that asks for it': { given: kubeSystem, with: [sigstore()] },
      'a policy of sigstore that warns': { given: kubeSystem, with: [sigstore({ mode: 'warn' }), included] },
      'Connaisseur that lets through while it is down': { given: kubeSystem, with: [connaisseur('Ignore')] },
      'other plugins of the API server': { given: kubeSystem, with: [apiServer('NodeRestriction')] },
      'the newer policy of Kyverno, which audits': {
        given: kubeSystem,
        with: [imagePolicy({ validationActions: ['Audit'] })],
      },
      'the newer policy of Kyverno, for scans in the background': {
        given: kubeSystem,
        with: [imagePolicy({ evaluation: { admission: { enabled: false } } })],
      },
      'a policy of another kind of that name': {
        given: kubeSystem,
        with: [object('nvidia.com/v1', 'ClusterPolicy', { name: 'gpu' })],
      },
    },
    pass: {
      'a policy of Kyverno': { given: kubeSystem, with: [kyverno({ validationFailureAction: 'Enforce' })] },
      'a rule of Kyverno’s own': {
        given: kubeSystem,
        with: [kyverno({ rules: [{ name: 'r', verifyImages: [{ failureAction: 'Enforce' }] }] }, 'Policy')],
      },
      'the newer policy of Kyverno': {
        given: kubeSystem,
        with: [imagePolicy({ validationActions: ['Deny'] })],
      },
      'the newer policy of Kyverno, which says no action': { given: kubeSystem, with: [imagePolicy({})] },
      'a policy of sigstore': { given: kubeSystem, with: [sigstore(), included] },
      Connaisseur: { given: kubeSystem, with: [connaisseur('Fail')] },
      'a policy of Kubewarden': {
        given: kubeSystem,
        with: [
          object(
            'policies.kubewarden.io/v1',
            'ClusterAdmissionPolicy',
            { name: 'signed' },
            {
              spec: { module: 'registry://ghcr.io/kubewarden/policies/verify-image-signatures:v0.3.0' },
            },
          ),
        ],
      },
      'one that refuses beside one that is not known and one that reports': {
        given: kubeSystem,
        with: [ratify, kyverno({ validationFailureAction: 'Enforce' }), sigstore()],
      },
      'the plugin of the API server': {
        given: kubeSystem,
        with: [apiServer('NodeRestriction,ImagePolicyWebhook')],
      },
    },
    notEvaluated: {
      'one that is not known beside one that reports': { given: kubeSystem, with: [kyverno({}), ratify] },
      'a template of Ratify, whose constraints are not read': {
        given: kubeSystem,
        with: [ratify],
      },
    },
    unconcerned: { 'another namespace': { given: namespace() } },
  },
})
