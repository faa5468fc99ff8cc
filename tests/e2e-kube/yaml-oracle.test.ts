/** Our readers of YAML and JSON against real kubectl and a real API server, over a seeded corpus: they must agree. */
import { readDocuments } from '@plimsoll/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kubeCli } from '../../tools/kube-cli/kube-cli.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { describeWithKubernetes } from './harness/suite.ts'
import {
  kubectlReads,
  type Reading,
  readingOf,
  type ServerReads,
  serverOracle,
} from './harness/yaml-oracle.ts'
import { damagedBodies, documentBodies } from './yaml-corpus/documents.ts'
import { scalarBodies } from './yaml-corpus/scalars.ts'
import { texts } from './yaml-corpus/texts.ts'

/** PLIMSOLL_YAML_SEED gives another corpus, PLIMSOLL_YAML_SCALE a larger one. */
const seed = Number(process.env.PLIMSOLL_YAML_SEED ?? 20_250)
const scale = Number(process.env.PLIMSOLL_YAML_SCALE ?? 1)

/**
 * Where we refuse on purpose what kubectl reads or ignores; see the readers' comments. `kubectl patch` also asks for no
 * apiVersion, as other commands do.
 */
const deliberate = /the document has ended before this|a key is empty|infinity and not-a-number|no apiVersion/
/** What we tell beside an object that we read as kubectl does. */
const notice = 'text after the end of the document is not read by kubectl'

interface Outcome {
  readonly objects: readonly string[]
  readonly isRefused: boolean
}

/** What we read: the objects up to where kubectl gives up the rest of a text: at text that it cannot parse. */
function ours(text: string): Outcome & { readonly reason?: string } {
  const objects: string[] = []
  let reason: string | undefined
  for (const document of readDocuments(text)) {
    if (!('failure' in document)) objects.push(canonical(document.object))
    else if (document.failure.message !== notice) {
      reason = document.failure.message
      if (!reason.startsWith('not a Kubernetes object')) break
    }
  }
  return { objects, isRefused: reason !== undefined, ...(reason === undefined ? {} : { reason }) }
}

const theirs = ({ objects, errors }: Reading): Outcome => ({
  objects: objects.map(canonical),
  isRefused: errors.length > 0,
})

/** JSON with sorted keys, without what a server adds. */
function canonical(object: unknown): string {
  const { metadata, ...rest } = object as { metadata?: { name?: unknown } }
  return JSON.stringify(sorted({ ...rest, name: metadata?.name }))
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]))
}

const isSame = (mine: Outcome, other: Outcome): boolean =>
  JSON.stringify([mine.objects, mine.isRefused]) === JSON.stringify([other.objects, other.isRefused])

/** Where a separator is malformed, kubectl loses the document before it too; we read it. */
function isSameBut(mine: Outcome & { readonly reason?: string }, other: Outcome): boolean {
  const isMalformed = mine.reason === 'only a comment may follow --- in its line'
  return isMalformed && isSame({ ...mine, objects: mine.objects.slice(0, -1) }, other)
}

/**
 * The texts on which we and the other disagree, with both readings. Of all, only the given share may be excused; and
 * no less than a fifth must be read at all, or else the comparison says little.
 */
function disagreements(all: readonly string[], answers: readonly Reading[], excusable: number): unknown[] {
  expect(answers.filter(({ errors }) => errors.length === 0).length).toBeGreaterThan(all.length / 5)
  let excused = 0
  const differing = all.flatMap((text, index) => {
    const mine = ours(text)
    const other = theirs(answers[index] as Reading)
    if (isSame(mine, other) || isSameBut(mine, other)) return []
    if (deliberate.test(mine.reason ?? '')) {
      excused++
      return []
    }
    return [{ text, mine, other, errors: answers[index]?.errors }]
  })
  expect(excused).toBeLessThanOrEqual(all.length * excusable)
  return differing.slice(0, 10)
}

const cli = await kubeCli()
if (!cli.available) process.stderr.write(`skipped readings against kubectl (${cli.reason}): ${cli.detail}\n`)
const kubectl = cli.available ? cli.kubectl : ''

describe.skipIf(!cli.available)('kubectl', () => {
  const agreeOn = async (bodies: readonly string[]): Promise<void> => {
    const all = bodies.map(body => readingOf(body))
    expect(disagreements(all, await kubectlReads(kubectl, all), 0.02)).toEqual([])
  }

  test('reads scalars as we do', () => agreeOn(scalarBodies()))
  test('reads documents as we do', () => agreeOn(documentBodies(seed, 3000 * scale)))
  test('reads damaged documents as we do', () => agreeOn(damagedBodies(seed, 3000 * scale)))
  test('reads documents with CR LF as we do', () =>
    agreeOn(documentBodies(seed + 2, 500 * scale).map(body => body.replaceAll('\n', '\r\n'))))

  test('splits texts as we do', async () => {
    const all = texts(seed, 1500 * scale, name => readingOf('value: 1', name))
    expect(disagreements(all, await kubectlReads(kubectl, all), 0.08)).toEqual([])
  })
})

await describeWithKubernetes('API server', { auditRules: [{ level: 'None' }] }, options => {
  let plane: ControlPlane
  let serverReads: ServerReads
  beforeAll(async () => {
    plane = await startControlPlane(options)
    serverReads = await serverOracle(plane)
  })
  afterAll(async () => {
    await plane?.stop()
  })

  const agreeOn = async (bodies: readonly string[]): Promise<void> => {
    const all = bodies.map(body => readingOf(body))
    const answers: Reading[] = []
    for (let at = 0; at < all.length; at += 50)
      answers.push(...(await Promise.all(all.slice(at, at + 50).map(text => serverReads(text)))))
    expect(disagreements(all, answers, 0.02)).toEqual([])
  }

  test('reads scalars as we do', () => agreeOn(scalarBodies()))
  test('reads documents as we do', () => agreeOn(documentBodies(seed, 1000 * scale)))
  test('reads damaged documents as we do', () => agreeOn(damagedBodies(seed, 1000 * scale)))
})
