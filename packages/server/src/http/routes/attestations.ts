// Attestation routes: people's words on controls that no rule decides.

import { decisionsApi as api } from '@plimsoll/core/contract'
import { z } from 'zod'
import { actorOf } from '../../services/access/audit.ts'
import {
  type AttestationDeps,
  attest,
  revokeAttestation,
  viewAttestations,
} from '../../services/decisions/attestations.ts'
import { defineRoute, type Route } from '../route.ts'

const approver = { role: 'approver' } as const
const tag = 'attestations'

export const attestationRoutes = (deps: AttestationDeps): Route[] => [
  defineRoute({
    id: 'listAttestations',
    method: 'GET',
    path: '/attestations',
    tag,
    summary: 'Lists all that was attested of a cluster, by control, the newest of each first.',
    access: { role: 'viewer' },
    query: api.attestationQuery,
    response: z.object({ items: z.array(api.attestation) }),
    handle: async ({ caller, query }) => ({ items: await viewAttestations(deps, caller, query.cluster) }),
  }),
  defineRoute({
    id: 'attestControl',
    method: 'POST',
    path: '/attestations',
    tag,
    summary: 'Attests a control that only a person can decide, for one cluster or many, until a day.',
    access: approver,
    body: api.newAttestation,
    success: 201,
    response: api.attestationsMade,
    handle: async ({ caller, body, address }) => ({
      items: await attest(deps, caller, body, actorOf(caller, address)),
    }),
  }),
  defineRoute({
    id: 'revokeAttestation',
    method: 'POST',
    path: '/attestations/{cluster}/{id}/revoked',
    tag,
    summary: 'Takes an attestation back; an older one that still holds counts again.',
    access: approver,
    params: api.attestationId,
    handle: async ({ caller, params, address }) =>
      revokeAttestation(deps, caller, params, actorOf(caller, address)),
  }),
]
