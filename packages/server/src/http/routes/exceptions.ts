// Exception routes: accepted risks from the request to the end, the preview of what one hides, import and export as the scanner's file.

import { yamlText } from '@plimsoll/core'
import { exceptionsApi as api } from '@plimsoll/core/contract'
import { z } from 'zod'
import { changeException, decide } from '../../services/decisions/decide-exception.ts'
import type { ExceptionDeps } from '../../services/decisions/exception-common.ts'
import { exportExceptions, importExceptions } from '../../services/decisions/exception-file.ts'
import { previewException } from '../../services/decisions/preview-exception.ts'
import { requestException } from '../../services/decisions/request-exception.ts'
import { suppressFinding, unsuppressFinding } from '../../services/decisions/suppress-finding.ts'
import { previewSuppression, suppressFindings } from '../../services/decisions/suppress-findings.ts'
import { viewException, viewExceptions } from '../../services/decisions/view-exceptions.ts'
import { by } from '../actor.ts'
import { versionOf } from '../if-match.ts'
import { Answer, defineRoute, type Route } from '../route.ts'
import { versioned } from '../versioned.ts'

const viewer = { role: 'viewer' } as const
const editor = { role: 'editor' } as const
const approver = { role: 'approver' } as const
const tag = 'exceptions'

export const exceptionRoutes = (deps: ExceptionDeps): Route[] => [
  defineRoute({
    id: 'listExceptions',
    method: 'GET',
    path: '/exceptions',
    tag,
    summary: 'Lists exceptions with their state and how many findings they cover.',
    access: viewer,
    response: z.object({ items: z.array(api.exception) }),
    handle: async ({ caller }) => ({ items: await viewExceptions(deps, caller) }),
  }),
  defineRoute({
    id: 'requestException',
    method: 'POST',
    path: '/exceptions',
    tag,
    summary: 'Asks for an exception; of who may approve it holds at once.',
    access: editor,
    body: api.newException,
    success: 201,
    response: api.exceptionMade,
    handle: async input => requestException(deps, input.caller, input.body, by(input)),
  }),
  defineRoute({
    id: 'previewException',
    method: 'POST',
    path: '/exceptions/preview',
    tag,
    summary: 'Tells what an exception would hide.',
    access: viewer,
    body: api.exceptionCover,
    response: api.exceptionPreview,
    handle: async ({ body, caller }) => previewException(deps, caller, body),
  }),
  defineRoute({
    id: 'exportExceptions',
    method: 'GET',
    path: '/exceptions/export',
    tag,
    summary: 'Gives the exceptions in force as the file that `plimsoll scan --exceptions` takes.',
    access: viewer,
    produces: ['application/yaml'],
    handle: async ({ caller }) =>
      new Answer(
        200,
        {
          'content-type': 'application/yaml; charset=utf-8',
          'content-disposition': 'attachment; filename="plimsoll-exceptions.yaml"',
        },
        `${yamlText(await exportExceptions(deps, caller))}\n`,
      ),
  }),
  defineRoute({
    id: 'importExceptions',
    method: 'POST',
    path: '/exceptions/import',
    tag,
    summary: 'Takes a file of exceptions, parsed to JSON; those whose id is there already stay as they are.',
    access: editor,
    body: z.strictObject({ exceptions: z.array(z.json()).max(5000) }),
    response: api.importReport,
    handle: async input => importExceptions(deps, input.caller, input.body, by(input)),
  }),
  defineRoute({
    id: 'getException',
    method: 'GET',
    path: '/exceptions/{id}',
    tag,
    summary: 'Gives an exception.',
    access: viewer,
    params: api.exceptionId,
    response: api.exception,
    handle: async ({ params, caller }) => {
      const view = await viewException(deps, caller, params.id)
      return versioned(view)
    },
  }),
  defineRoute({
    id: 'changeException',
    method: 'PATCH',
    path: '/exceptions/{id}',
    tag,
    summary: 'Changes the owner, the comment or the last day.',
    access: approver,
    params: api.exceptionId,
    body: api.exceptionChange,
    handle: async input =>
      changeException(deps, input.caller, input.params.id, input.body, versionOf(input.headers), by(input)),
  }),
  ...(['approved', 'rejected', 'revoked'] as const).map(state =>
    defineRoute({
      id: { approved: 'approveException', rejected: 'rejectException', revoked: 'revokeException' }[state],
      method: 'POST',
      path: `/exceptions/{id}/${state}`,
      tag,
      summary: {
        approved: 'Approves a requested exception.',
        rejected: 'Rejects a requested exception.',
        revoked: 'Ends an exception; whoever asked may take back the request.',
      }[state],
      access: state === 'revoked' ? editor : approver,
      params: api.exceptionId,
      body: api.exceptionDecision,
      handle: async input =>
        decide(deps, input.caller, input.params.id, state, input.body.comment ?? null, by(input)),
    }),
  ),
  defineRoute({
    id: 'suppressFindings',
    method: 'POST',
    path: '/findings/suppression',
    tag,
    summary:
      'Accepts up to 1000 findings as they are now, by their ids or by a query: all or none, an exception for each cluster.',
    access: editor,
    body: api.bulkSuppression,
    success: 201,
    response: api.suppressed,
    handle: async input => {
      const { owner, reason, comment, expires, ...chosen } = input.body
      return suppressFindings(deps, input.caller, chosen, { owner, reason, comment, expires }, by(input))
    },
  }),
  defineRoute({
    id: 'previewSuppression',
    method: 'POST',
    path: '/findings/suppression/preview',
    tag,
    summary: 'Tells what suppressing findings would hide.',
    access: viewer,
    body: api.suppressionChosen,
    response: api.exceptionPreview,
    handle: async ({ body, caller }) => previewSuppression(deps, caller, body),
  }),
  defineRoute({
    id: 'suppressFinding',
    method: 'POST',
    path: '/findings/{cluster}/{finding}/suppression',
    tag,
    summary: 'Accepts one finding as it is now; with other evidence it opens again.',
    access: editor,
    params: api.findingId,
    body: api.suppression,
    success: 201,
    response: api.exceptionMade,
    handle: async input => suppressFinding(deps, input.caller, input.params, input.body, by(input)),
  }),
  defineRoute({
    id: 'unsuppressFinding',
    method: 'DELETE',
    path: '/findings/{cluster}/{finding}/suppression',
    tag,
    summary: 'Ends the acceptance of one finding; others that were suppressed with it stay so.',
    access: editor,
    params: api.findingId,
    handle: async input => unsuppressFinding(deps, input.caller, input.params, by(input)),
  }),
]
