/** Asks real kubectl and a real API server what a YAML text means to them. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ControlPlane } from './control-plane.ts'

/** What came of one text: the objects in it as JSON values, and in what words it was refused, in part or whole. */
export interface Reading {
  objects: unknown[]
  errors: string[]
}

const GROUP = 'oracle.plimsoll.test'

/**
 * A document of a kind that keeps whatever it is given. `body` stands at the top level, line by line, so
 * `value: yes` asks for a value, `y: 1` for a key, and several lines for a structure.
 */
export function readingOf(body: string, name = 'reading'): string {
  return `apiVersion: ${GROUP}/v1\nkind: Reading\nmetadata:\n  name: ${name}\n${body}\n`
}

/**
 * How kubectl reads each text, offline: it is told to patch each with nothing and to print the outcome. One process
 * reads all (4,000 files in 0.3 s). Every document needs a `kind`, as `readingOf` gives it; a List comes back as its
 * items. After an error kubectl gives up the rest of that text.
 */
export async function kubectlReads(kubectl: string, texts: readonly string[]): Promise<Reading[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-kubectl-'))
  try {
    const digits = String(texts.length).length
    const fileOf = (i: number) => join(folder, `${String(i).padStart(digits, '0')}-a.yaml`)
    for (const [i, text] of texts.entries()) {
      await writeFile(fileOf(i), text)
      // Files are read in order of their names, so a known object after each text tells where its output ends.
      await writeFile(fileOf(i).replace('-a.yaml', '-b.yaml'), sentinel)
    }
    const args = ['patch', '--local', '--type', 'merge', '-p', '{}', '-o', 'json', '-f', folder]
    const { stdout, stderr } = await run(kubectl, args, folder)
    const readings = splitAtSentinels(concatenatedJson(stdout))
    if (readings.length !== texts.length)
      throw new Error(`kubectl answered for ${readings.length} of ${texts.length} texts: ${stderr}`)
    return readings.map((objects, i) => ({ objects, errors: errorsAbout(fileOf(i), stderr) }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** How an API server reads a YAML document. */
export type ServerReads = (document: string, path?: string) => Promise<Reading>

/**
 * Prepares a server to be asked: it gets a kind that keeps unknown fields. The function returned posts one document as
 * `application/yaml` in a dry run, by default of that kind (see `readingOf`); `path` is the collection for any other
 * kind, `/api/v1/namespaces/default/configmaps` for instance. A duplicate key is no error, as in kubectl's own reading.
 */
export async function serverOracle(plane: ControlPlane): Promise<ServerReads> {
  await plane.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
    body: {
      metadata: { name: `readings.${GROUP}` },
      spec: {
        group: GROUP,
        scope: 'Cluster',
        names: { plural: 'readings', singular: 'reading', kind: 'Reading', listKind: 'ReadingList' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    },
  })
  const readings = `/apis/${GROUP}/v1/readings`
  const ask: ServerReads = async (document, path = readings) => {
    const answer = await plane.request('POST', `${path}?dryRun=All&fieldValidation=Ignore`, {
      body: document,
      contentType: 'application/yaml',
    })
    if (answer.status === 201) return { objects: [answer.json()], errors: [] }
    return { objects: [], errors: [messageOf(answer.text)] }
  }
  // The kind is served a moment after it was accepted.
  for (const deadline = Date.now() + 30_000; ; await sleep(50)) {
    const probe = await ask(readingOf('value: 1'))
    if (probe.errors.length === 0) return ask
    if (Date.now() > deadline)
      throw new Error(`the API server does not serve ${readings}: ${probe.errors.join('; ')}`)
  }
}

const SENTINEL_KIND = 'EndOfText'
const sentinel = `apiVersion: ${GROUP}/v1\nkind: ${SENTINEL_KIND}\nmetadata:\n  name: end\n`

async function run(file: string, args: string[], home: string): Promise<{ stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, HOME: home, KUBECONFIG: '/dev/null' }
  return await new Promise((resolve, reject) => {
    execFile(file, args, { env, maxBuffer: 1 << 30 }, (error, stdout, stderr) => {
      // Its exit code tells that some text was refused; what matters is which, and that is on stderr.
      if (error !== null && typeof error.code !== 'number') reject(error)
      else resolve({ stdout, stderr })
    })
  })
}

/** Top-level JSON objects printed one after the other, indented, so that only their own braces stand at a line's start. */
function concatenatedJson(text: string): unknown[] {
  return text
    .split(/(?<=^\})\n/m)
    .filter(part => part.trim() !== '')
    .map(part => JSON.parse(part))
}

function splitAtSentinels(objects: readonly unknown[]): unknown[][] {
  const groups: unknown[][] = []
  let group: unknown[] = []
  for (const object of objects) {
    if ((object as { kind?: unknown }).kind === SENTINEL_KIND) {
      groups.push(group)
      group = []
    } else group.push(object)
  }
  return groups
}

function errorsAbout(file: string, stderr: string): string[] {
  return stderr
    .split(/^(?=(?:error: )?(?:error parsing |unable to decode ))/m)
    .filter(message => message.includes(file))
    .map(message => message.trim())
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text
  } catch {
    return text
  }
}
