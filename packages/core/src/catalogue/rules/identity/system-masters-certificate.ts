// Rule: no client certificate was given to the group system:masters.

import {
  certifiedSubject,
  isApproved,
  isForClients,
  readCertificateSigningRequest,
} from '../../../kube/identity/certificate-signing-request.ts'
import { masters } from '../../../kube/rbac/identity.ts'
import { defineRule } from '../../../model/rule.ts'
import { requestFor, signingRequest } from '../../../samples/certificate-requests.ts'
import { object } from '../../../samples/objects.ts'

export const rule = defineRule({
  id: 'system-masters-certificate',
  title: 'No client certificate was given to the group system:masters',
  severity: 'high',
  subject: 'CertificateSigningRequest',
  rationale:
    'Its holder may do everything until the certificate expires, whatever roles and bindings say, and it cannot be taken back.',
  remediation:
    'Wait until it has expired, or renew the certificate authority; issue certificates for a group of your own that is bound to a role.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],

  concerns(resource) {
    const request = readCertificateSigningRequest(resource)
    return isForClients(request) && isApproved(request)
  },

  *violations(resource) {
    const request = readCertificateSigningRequest(resource)
    if (!certifiedSubject(request)?.groups.includes(masters)) return
    yield {
      path: 'spec.signerName',
      actual: request.spec?.signerName,
      expected: `a certificate for another group than ${masters}`,
    }
  },

  unseen: resource =>
    certifiedSubject(readCertificateSigningRequest(resource)) === undefined
      ? 'the request cannot be read, so it is not known for whom the certificate is'
      : undefined,

  examples: {
    fail: {
      'an administrator': { given: signingRequest(requestFor.master), at: ['spec.signerName'] },
      'by the old signer': {
        given: signingRequest(requestFor.master, { signerName: 'kubernetes.io/legacy-unknown' }),
      },
    },
    pass: {
      'a person of other groups': { given: signingRequest(requestFor.jane) },
      'a node': { given: signingRequest(requestFor.node) },
    },
    notEvaluated: { 'a request that cannot be read': { given: signingRequest('bm90aGluZw==') } },
    unconcerned: {
      'not approved': { given: signingRequest(requestFor.master, {}, { status: {} }) },
      'a certificate for a server': { given: signingRequest(requestFor.master, { usages: ['server auth'] }) },
      'an empty request': { given: object('certificates.k8s.io/v1', 'CertificateSigningRequest') },
    },
  },
})
