// Rule: people do not sign in with client certificates of the cluster.

import { subjectOfRequest } from '../../../kube/identity/certificate-request.ts'
import {
  isApproved,
  readCertificateSigningRequest,
} from '../../../kube/identity/certificate-signing-request.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule } from '../../../model/rule.ts'
import { requestFor, signingRequest } from '../../../samples/certificate-requests.ts'

/** The signers whose certificates the API server takes from clients. Source: kubernetes.io, "Kubernetes signers". */
const clientSigners = ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/legacy-unknown']

export const rule = defineRule({
  id: 'client-certificate-for-people',
  title: 'People do not sign in with client certificates of the cluster',
  severity: 'medium',
  subject: 'CertificateSigningRequest',
  absent: 'not-collected',
  rationale:
    'A client certificate cannot be taken back before it expires: whoever leaves, or loses the key, stays able to sign in.',
  remediation:
    'Let people sign in through OpenID Connect or another provider; where a certificate must be, keep spec.expirationSeconds short.',
  references: [
    'https://kubernetes.io/docs/concepts/security/hardening-guide/authentication-mechanisms/#x509-client-certificate-authentication',
  ],

  concerns: resource => isForClients(resource) && isApproved(readCertificateSigningRequest(resource)),

  *violations(resource) {
    const { spec } = readCertificateSigningRequest(resource)
    const subject = subjectOfRequest(spec?.request ?? '')
    // The cluster's own components and robots are called system:…
    if (!subject || subject.user.startsWith('system:')) return
    const groups = subject.groups.length === 0 ? '' : ` of ${subject.groups.join(', ')}`
    yield {
      path: 'spec.signerName',
      actual: spec?.signerName,
      expected: `no client certificate for a person; this is for ${subject.user}${groups}`,
    }
  },

  unseen: resource =>
    subjectOfRequest(readCertificateSigningRequest(resource).spec?.request ?? '') === undefined
      ? 'the request cannot be read, so it is not known for whom the certificate is'
      : undefined,

  examples: {
    fail: {
      'a person': { given: signingRequest(requestFor.jane), at: ['spec.signerName'] },
      'an administrator': { given: signingRequest(requestFor.master) },
      'by the old signer': {
        given: signingRequest(requestFor.jane, { signerName: 'kubernetes.io/legacy-unknown' }),
      },
    },
    pass: { 'a component of the cluster': { given: signingRequest(requestFor.node) } },
    notEvaluated: { 'a request that cannot be read': { given: signingRequest('bm90aGluZw==') } },
    unconcerned: {
      'not approved': { given: signingRequest(requestFor.jane, {}, { status: {} }) },
      denied: {
        given: signingRequest(
          requestFor.jane,
          {},
          { status: { conditions: [{ type: 'Denied', status: 'True' }] } },
        ),
      },
      'a certificate for a kubelet': {
        given: signingRequest(requestFor.node, { signerName: 'kubernetes.io/kube-apiserver-client-kubelet' }),
      },
      'a certificate that no API server takes': {
        given: signingRequest(requestFor.jane, { signerName: 'example.com/internal' }),
      },
    },
  },
})

function isForClients(resource: Resource): boolean {
  const { spec } = readCertificateSigningRequest(resource)
  const isServing = spec?.usages !== undefined && !spec.usages.includes('client auth')
  return clientSigners.includes(spec?.signerName ?? '') && !isServing
}
