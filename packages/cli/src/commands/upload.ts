// Upload: sends what was seen of a cluster to a Plimsoll server: `plimsoll snapshot upload`, and `scan --server`.

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ServerAddress } from '@plimsoll/collect'
import { type Attempt, count, type Problem, refuse, type Snapshot, succeed, visible } from '@plimsoll/core'
import type { Voice } from '../terminal/host.ts'
import { systemReason } from './data-file.ts'
import type { ExitCode, GlobalFlags, Kit } from './kit.ts'
import { sayProblems, voiceOf } from './say.ts'

/** The flags that say where to send it. The token itself is no flag: everybody on the machine can read those. */
export interface ServerFlags {
  readonly server?: string
  readonly tokenFile?: string
  readonly serverCa?: string
}

/** The server that the flags name, undefined where they name none. Refuses where something is missing or there is nothing to send. */
export async function readServer(
  kit: Kit,
  { server, tokenFile, serverCa }: ServerFlags,
  isCluster: boolean,
): Promise<Attempt<ServerAddress | undefined>> {
  const { environment, workingDirectory } = kit.host
  if (server === undefined) {
    const needless =
      tokenFile === undefined ? (serverCa === undefined ? undefined : '--server-ca') : '--token-file'
    return needless === undefined
      ? succeed(undefined)
      : misuse(`${needless} is for --server, which is not given`)
  }
  if (!isCluster)
    return misuse('--server is for live clusters: only what a cluster holds can be sent, not files')
  const token =
    tokenFile === undefined
      ? succeed(environment.PLIMSOLL_TOKEN ?? '')
      : await readText(tokenFile, workingDirectory)
  if (!token.ok) return token
  if (token.value.trim() === '')
    return misuse(
      tokenFile === undefined
        ? '--server needs a token: give --token-file, or set PLIMSOLL_TOKEN; enrolling a cluster on the server shows one'
        : `the token file ${tokenFile} is empty`,
    )
  const authority = serverCa === undefined ? undefined : await readText(serverCa, workingDirectory)
  if (authority?.ok === false) return authority
  return succeed({
    url: server,
    token: token.value.trim(),
    ...(authority && { certificateAuthority: authority.value }),
  })
}

/** Sends a snapshot and tells what became of it; problems are given, not said. */
export async function sendSnapshot(
  kit: Kit,
  snapshot: Snapshot,
  server: ServerAddress,
  voice: Voice,
): Promise<Attempt<unknown>> {
  const { uploadSnapshot, systemWorld } = await kit.loadCollectors()
  const { environment, signal } = kit.host
  const sent = await uploadSnapshot({
    snapshot,
    server,
    environment,
    world: systemWorld,
    progress: (done, total) => voice.status.show(`sending ${done} of ${total}`),
    signal,
  }).finally(() => voice.status.clear())
  if (!sent.ok) return sent
  const { cluster, revision, added, changed, removed, resources, repeated } = sent.value
  const news = repeated
    ? 'it was there already'
    : `${count(added, 'resource')} added, ${changed} changed, ${removed} removed`
  voice.note(
    visible(`sent ${count(resources, 'resource')} of cluster ${cluster}: ${news} (revision ${revision})`),
  )
  return sent
}

/** Sends a saved snapshot. 0 where the server accepted it, or had it already. */
export async function uploadSavedSnapshot(
  kit: Kit,
  file: string,
  flags: GlobalFlags & ServerFlags,
): Promise<ExitCode> {
  const voice = voiceOf(kit, flags)
  const server = await readServer(kit, flags, true)
  if (!server.ok) return sayProblems(server.problems, voice)
  if (server.value === undefined)
    return sayProblems([usage('name the server with --server https://<host>')], voice)
  const { openSnapshot } = await kit.loadCollectors()
  const path = resolve(kit.host.workingDirectory, file)
  const opened = await openSnapshot(path)
  if (!opened.ok)
    return sayProblems(
      opened.problems.map(one => ({ ...one, message: one.message.replaceAll(path, file), file })),
      voice,
    )
  const sent = await sendSnapshot(kit, opened.value, server.value, voice)
  return sent.ok ? 0 : sayProblems(sent.problems, voice)
}

const usage = (message: string): Problem => ({ code: 'usage', message })
const misuse = (message: string): Attempt<never> => refuse(usage(message))

async function readText(file: string, workingDirectory: string): Promise<Attempt<string>> {
  try {
    return succeed(await readFile(resolve(workingDirectory, file), 'utf8'))
  } catch (error) {
    return refuse({ code: 'unreadable-input', message: `cannot be read: ${systemReason(error)}`, file })
  }
}
