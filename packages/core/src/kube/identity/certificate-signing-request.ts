// CertificateSigningRequest: somebody's wish for a certificate, and what became of it.
//
// Names and types: Kubernetes certificates.k8s.io/v1 and v1beta1.

import type { Resource } from '../../model/resource.ts'
import { list, object, string, type TypeOf } from '../../model/shape.ts'
import { type CertificateSubject, subjectOfRequest } from './certificate-request.ts'

export const certificateSigningRequestShape = object({
  spec: object({
    signerName: string,
    username: string,
    groups: list(string),
    request: string,
    usages: list(string),
  }),
  status: object({ conditions: list(object({ type: string, status: string })), certificate: string }),
})

export type CertificateSigningRequest = Resource & TypeOf<typeof certificateSigningRequestShape>

/** The resource as a CertificateSigningRequest; it has passed checkShape. */
export const readCertificateSigningRequest = (resource: Resource): CertificateSigningRequest => resource

/** True where the request was approved and not denied: the signer gives, or gave, a certificate. */
export function isApproved({ status }: CertificateSigningRequest): boolean {
  const has = (type: string) =>
    (status?.conditions ?? []).some(one => one.type === type && (one.status ?? 'True') === 'True')
  return has('Approved') && !has('Denied')
}

/** For whom the certificate is, as the request says; undefined where it cannot be read. */
export function certifiedSubject({ spec }: CertificateSigningRequest): CertificateSubject | undefined {
  return subjectOfRequest(spec?.request ?? '')
}

/** True where the certificate is one for clients of the API server. Source: kubernetes.io, "Kubernetes signers". */
export function isForClients({ spec }: CertificateSigningRequest): boolean {
  const isSigner = ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/legacy-unknown'].includes(
    spec?.signerName ?? '',
  )
  return isSigner && (spec?.usages === undefined || spec.usages.includes('client auth'))
}
