// Samples of certificate requests, made by openssl with keys that were thrown away, for examples and tests.

import type { Resource } from '../model/resource.ts'
import { object } from './objects.ts'

type Fields = Readonly<Record<string, unknown>>

/** Requests as spec.request has them, by the subject that they ask for. */
export const requestFor = {
  /** CN=jane, O=developers, O=ops */
  jane: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIdE1JR1VBZ0VBTURJeEV6QVJCZ05WQkFvTUNtUmxkbVZzYjNCbGNuTXhEREFLQmdOVkJBb01BMjl3Y3pFTgpNQXNHQTFVRUF3d0VhbUZ1WlRCWk1CTUdCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQkpGeW5FUzVNU0dHClptcGJTR3pVUkRjUmRMblpMdXFpYnRnZVdnUkRoZ0NRYmM4T1paaGRIRU1rTHdOZFh2cHdwRjFJNkREUFhyZHAKMjdKWHZReC9BanVnQURBS0JnZ3Foa2pPUFFRREFnTklBREJGQWlBNjJTUUcxRk96Mzh0QjhqMkdhVUh4OFo2Ugo4S3RET2pkL0FCeXUyMzlhU1FJaEFPaHdmTlhjU0pjZm0rWUgyVlFHTTBBcUhWRFd4Q2hXM25TVGdYV1Q5b2lICi0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=',
  /** CN=system:node:n1, O=system:nodes */
  node: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIcU1JR1NBZ0VBTURBeEZUQVRCZ05WQkFvTURITjVjM1JsYlRwdWIyUmxjekVYTUJVR0ExVUVBd3dPYzNsegpkR1Z0T201dlpHVTZiakV3V1RBVEJnY3Foa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVRyZ2pUd2pMT1F2dFVHCnliRDJUbi83WW1kWDBabHNXWGlpdUh0UGxsTE1XL1JNUm95eTdJdFZXZXB6RURPT0VPUllOcFZPR3NBZmhKUlkKNWRYck9mWWJvQUF3Q2dZSUtvWkl6ajBFQXdJRFJ3QXdSQUlnVmpIUUg3MFAxY1lIMkZOZ0dXK2pZYWVNcTUzNgo3QUJvaExQeFpRdHY3b1FDSURoZ0UweitDemtxK3dYak5JdFFWeEoyTTVqSUhUaGtVRU81QWllN0hiU0cKLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==',
  /** C=DE, CN=jürgen, O=system:masters */
  master:
    'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIek1JR2FBZ0VBTURneEN6QUpCZ05WQkFZVEFrUkZNUmN3RlFZRFZRUUtEQTV6ZVhOMFpXMDZiV0Z6ZEdWeQpjekVRTUE0R0ExVUVBd3dIYXNPOGNtZGxiakJaTUJNR0J5cUdTTTQ5QWdFR0NDcUdTTTQ5QXdFSEEwSUFCRmNmCmsrRUVLQ29sNlpzSkRoWWdBM0xLYWEvSVkxRjV4UVQ4RytnSkZOQmU3ME82MXBYUzNxMlgwakRCOTJxZUJZZjMKR0phaUxwT0FOLytSODFEUjJnZWdBREFLQmdncWhrak9QUVFEQWdOSUFEQkZBaUFCOXhTWEFGNFhYTXNBWnkwegpxMTNmdTdpM2NWRkFKUmdkSzAvOTVDYkl2UUloQU84Z1o0QWFxNmcrLys0MnpTNHY4NmZIOUdqR1JFL2NkUjJ4CkFGR3BLdEMzCi0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=',
} as const

/** An approved CertificateSigningRequest for a client certificate with this request. */
export const signingRequest = (request: string, spec: Fields = {}, fields: Fields = {}): Resource =>
  object(
    'certificates.k8s.io/v1',
    'CertificateSigningRequest',
    { name: 'csr-1' },
    {
      spec: {
        signerName: 'kubernetes.io/kube-apiserver-client',
        username: 'kubernetes-admin',
        usages: ['client auth'],
        request,
        ...spec,
      },
      status: { conditions: [{ type: 'Approved', status: 'True' }] },
      ...fields,
    },
  )
