// Remote list: `plimsoll findings` and `plimsoll clusters`: lists of a Plimsoll server, asked with the query language.

import { csvLine, isRecord, type Problem, type Severity, severities } from '@plimsoll/core'
import { writeChunks } from '../terminal/sink.ts'
import type { ExitCode, GlobalFlags, Kit } from './kit.ts'
import { columnLines, writeLines } from './listing.ts'
import { sayProblems, voiceOf } from './say.ts'
import { readServer, type ServerFlags } from './upload.ts'

type Item = Readonly<Record<string, unknown>>

interface RemoteList {
  readonly path: string
  readonly what: string
  /** Paths inside an item: what a table shows, the last column with the room that is left. */
  readonly table: readonly string[]
  readonly csv: readonly string[]
}

const findings: RemoteList = {
  path: '/findings',
  what: 'findings',
  table: ['severity', 'state', 'cluster.name', 'rule.id', 'resource.key'],
  csv: [
    'id',
    'cluster.id',
    'cluster.name',
    'rule.id',
    'severity',
    'outcome',
    'state',
    'resource.kind',
    'resource.namespace',
    'resource.name',
    'discriminator',
    'root.key',
    'reason',
    'exception',
    'openedAt',
    'changedAt',
  ],
}

const clusters: RemoteList = {
  path: '/clusters',
  what: 'clusters',
  table: ['status', 'critical', 'high', 'resources', 'version', 'name'],
  csv: [
    'id',
    'name',
    'account',
    'provider',
    'region',
    'distribution',
    'version',
    'environment',
    'status',
    'seenAt',
    'resources',
    'failed',
    'critical',
    'high',
    'medium',
    'low',
    'excepted',
    'notEvaluated',
  ],
}

export interface RemoteListFlags extends GlobalFlags, ServerFlags {
  /** As things were at this instant. */
  readonly at?: string
  readonly account?: string
  /** Id of a zone. */
  readonly zone?: string
}

export const listFindings = (kit: Kit, words: readonly string[], flags: RemoteListFlags) =>
  listRemote(kit, findings, words, flags)

export const listClusters = (kit: Kit, words: readonly string[], flags: RemoteListFlags) =>
  listRemote(kit, clusters, words, flags)

const pageSize = 500

const partOf = ({ at, account, zone }: RemoteListFlags): Readonly<Record<string, string>> => ({
  ...(at !== undefined && { at }),
  ...(account !== undefined && { account }),
  ...(zone !== undefined && { zone }),
})

/** Writes all that the query asks for, page by page: 0, also where there is none; 2 where the server does not answer it. */
async function listRemote(
  kit: Kit,
  list: RemoteList,
  words: readonly string[],
  flags: RemoteListFlags,
): Promise<ExitCode> {
  const voice = voiceOf(kit, flags)
  const server = await readServer(kit, flags, true)
  if (!server.ok) return sayProblems(server.problems, voice)
  if (server.value === undefined)
    return sayProblems([{ code: 'usage', message: 'name the server with --server https://<host>' }], voice)
  const { openServer } = await kit.loadCollectors()
  const opened = openServer(server.value, kit.host.environment)
  if (!opened.ok) return sayProblems(opened.problems, voice)
  const client = opened.value
  const items = pages(path => client.call({ method: 'GET', path }, kit.host.signal), list.path, {
    q: words.join(' '),
    ...partOf(flags),
  })
  try {
    await write(kit, list, items, flags)
    return 0
  } catch (error) {
    if (!client.isFailure(error)) throw error
    const code: Problem['code'] = error.status === 0 ? 'server-unreachable' : 'server-refused'
    return sayProblems([{ code, message: error.message }], voice)
  } finally {
    client.close()
  }
}

async function* pages(
  get: (path: string) => Promise<unknown>,
  path: string,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<readonly Item[]> {
  let cursor: unknown
  do {
    const asked = new URLSearchParams({ ...query, limit: String(pageSize) })
    if (typeof cursor === 'string') asked.set('cursor', cursor)
    const answer = await get(`${path}?${asked.toString()}`)
    const { items, next } = isRecord(answer) ? answer : {}
    yield Array.isArray(items) ? items.filter(isRecord) : []
    cursor = next
  } while (typeof cursor === 'string')
}

async function write(
  kit: Kit,
  { what, table, csv }: RemoteList,
  found: AsyncIterable<readonly Item[]>,
  flags: GlobalFlags,
): Promise<void> {
  const { out, width } = kit.host
  const voice = voiceOf(kit, flags)
  if (flags.output === 'json' || flags.output === 'csv') {
    let isFirst = true
    for await (const items of found) {
      const head = isFirst ? (flags.output === 'json' ? '[\n' : csvLine(csv)) : ''
      const lines = items.map((item, index) =>
        flags.output === 'csv'
          ? csvLine(csv.map(path => cellAt(item, path)))
          : `${isFirst && index === 0 ? '' : ',\n'}${JSON.stringify(item)}`,
      )
      await writeChunks(out, [head, ...lines])
      isFirst = false
    }
    if (flags.output === 'json') await writeChunks(out, ['\n]\n'])
    await out.finish()
    return
  }
  let count = 0
  for await (const items of found) {
    count += items.length
    const rows = items.map(item => table.map(path => String(cellAt(item, path))))
    await writeChunks(
      out,
      [
        ...columnLines(rows, width, (text, column, row) =>
          paintCell(voice.paint, table[column], rows[row]?.[column], text),
        ),
      ].map(line => `${line}\n`),
    )
  }
  await writeLines(out, ['', count === 0 ? `no ${what} that the query asks for` : `${count} ${what}`])
}

function paintCell(
  paint: (style: Severity, text: string) => string,
  path: string | undefined,
  value: string | undefined,
  text: string,
): string {
  const severity = path === 'severity' ? severities.find(one => one === value) : undefined
  return severity ? paint(severity, text) : text
}

function cellAt(item: Item, path: string): string | number {
  const value = path
    .split('.')
    .reduce<unknown>((found, key) => (isRecord(found) ? found[key] : undefined), item)
  if (value === null || value === undefined) return ''
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value)
}
