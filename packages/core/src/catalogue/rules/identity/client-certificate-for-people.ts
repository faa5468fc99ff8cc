// Rule: people do not sign in with client certificates of the cluster.

import { describeSubject } from '../../../kube/identity/certificate-request.ts'
import {
  certifiedSubject,
  isApproved,
  isForClients,
  readCertificateSigningRequest,
} from '../../../kube/identity/certificate-signing-request.ts'
import { defineRule } from '../../../model/rule.ts'
import { requestFor, signingRequest } from '../../../samples/certificate-requests.ts'
import { object } from '../../../samples/objects.ts'

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

  concerns(resource) {
    const request = readCertificateSigningRequest(resource)
    return isForClients(request) && isApproved(request)
  },

  *violations(resource) {
    const request = readCertificateSigningRequest(resource)
    const subject = certifiedSubject(request)
    // The cluster's own components and robots are called system:…
    if (!subject || subject.user.startsWith('system:')) return
    yield {
      path: 'spec.signerName',
      actual: request.spec?.signerName,
      expected: `no client certificate for a person; this is for ${describeSubject(subject)}`,
    }
  },

  unseen: resource =>
    certifiedSubject(readCertificateSigningRequest(resource)) === undefined
      ? 'the request cannot be read, so it is not known for whom the certificate is'
      : undefined,

  examples: {
    fail: {
      'a person': { given: signingRequest(requestFor.jane), at: ['spec.signerName'] },
      'an administrator': { given: signingRequest(requestFor.master) },
      'without a word of what it is for': { given: signingRequest(requestFor.jane, { usages: null }) },
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
      'a certificate for a server': { given: signingRequest(requestFor.jane, { usages: ['server auth'] }) },
      'an empty request': { given: object('certificates.k8s.io/v1', 'CertificateSigningRequest') },
      'a certificate that no API server takes': {
        given: signingRequest(requestFor.jane, { signerName: 'example.com/internal' }),
      },
    },
  },
})
