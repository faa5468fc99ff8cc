// Audit routes: the log of changes, page by page, as an export, and the check of its chain.

import { Readable } from 'node:stream'
import { accessApi as api } from '@plimsoll/core/contract'
import { verifyAudit } from '../../services/access/audit.ts'
import type { Deps } from '../../services/deps.ts'
import { Fault } from '../../services/fault.ts'
import { type AuditFilter, type AuditRow, auditAfter, auditPage } from '../../store/audit.ts'
import { Answer, defineRoute, type Route } from '../route.ts'

const access = { role: 'admin' } as const
const exportBatch = 1000

export const auditRoutes = (deps: Deps): Route[] => [
  defineRoute({
    id: 'listAudit',
    method: 'GET',
    path: '/audit',
    tag: 'audit',
    summary: 'Lists what people and tokens changed, newest first.',
    access,
    query: api.auditQuery,
    response: api.auditPage,
    handle: async ({ query }) => {
      const before = query.cursor === undefined ? undefined : Number(query.cursor)
      if (before !== undefined && !Number.isSafeInteger(before))
        throw new Fault('invalid-cursor', 'the cursor is not one of the audit log')
      const rows = await auditPage(deps.db, filterOf(query), before, query.limit + 1)
      const items = rows.slice(0, query.limit)
      return {
        items: items.map(viewOf),
        next: rows.length > query.limit ? String(items.at(-1)?.number) : null,
      }
    },
  }),
  defineRoute({
    id: 'exportAudit',
    method: 'GET',
    path: '/audit/export',
    tag: 'audit',
    summary: 'Gives the whole log, oldest first, an entry a line.',
    access,
    produces: ['application/x-ndjson'],
    handle: async ({ signal }) =>
      new Answer(
        200,
        {
          'content-type': 'application/x-ndjson; charset=utf-8',
          'content-disposition': 'attachment; filename="plimsoll-audit.ndjson"',
        },
        Readable.from(lines(deps, signal)),
      ),
  }),
  defineRoute({
    id: 'verifyAudit',
    method: 'GET',
    path: '/audit/verification',
    tag: 'audit',
    summary:
      'Reads the whole log and says whether its chain of hashes holds, also against an entry noted earlier.',
    access,
    query: api.auditAnchor,
    response: api.auditReport,
    handle: async ({ query: { number, hash } }) => {
      if ((number === undefined) !== (hash === undefined))
        throw new Fault('invalid-request', 'number and hash of a noted entry go together')
      return verifyAudit(deps.db, number !== undefined && hash !== undefined ? { number, hash } : undefined)
    },
  }),
]

async function* lines(deps: Deps, signal: AbortSignal): AsyncGenerator<string> {
  for (let after = 0; !signal.aborted; ) {
    const rows = await auditAfter(deps.db, after, exportBatch)
    for (const row of rows) yield `${JSON.stringify(viewOf(row))}\n`
    const last = rows.at(-1)
    if (!last || rows.length < exportBatch) return
    after = last.number
  }
}

interface Query {
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly targetType?: string | undefined
  readonly targetId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const filterOf = ({ actor, action, targetType, targetId, from, to }: Query): AuditFilter => ({
  ...(actor !== undefined && { actorId: actor }),
  ...(action !== undefined && { action }),
  ...(targetType !== undefined && { targetType }),
  ...(targetId !== undefined && { targetId }),
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
})

const viewOf = (row: AuditRow) => ({
  number: row.number,
  at: row.at,
  actor: { type: row.actorType, id: row.actorId, name: row.actorName, address: row.address },
  action: row.action,
  target: { type: row.targetType, id: row.targetId },
  detail: row.detail,
  hash: row.hash.toString('hex'),
})
