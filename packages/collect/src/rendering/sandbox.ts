// Sandbox: the surroundings in which helm and kubectl render: an empty home, no cluster, no network, no other programs.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '../collector.ts'
import { type ProgramOutcome, runProgram } from '../program.ts'

export interface Sandbox {
  run(command: string, args: readonly string[], signal?: AbortSignal): Promise<ProgramOutcome>
  /** Removes what the programs left. */
  close(): Promise<void>
}

const timeLimit = 60_000
const outputLimit = 64 * 1024 * 1024

/** Nothing listens on the discard port: whatever would be fetched over HTTP fails at once. */
const nowhere = 'http://127.0.0.1:9'

export async function openSandbox(): Promise<Sandbox> {
  const home = await mkdtemp(join(tmpdir(), 'plimsoll-render-'))
  const environment: Environment = {
    HOME: home,
    TMPDIR: home,
    // Without git and plugins on it.
    PATH: home,
    KUBECONFIG: join(home, 'no-kubeconfig'),
    HELM_CACHE_HOME: join(home, 'helm-cache'),
    HELM_CONFIG_HOME: join(home, 'helm-config'),
    HELM_DATA_HOME: join(home, 'helm-data'),
    HELM_PLUGINS: join(home, 'helm-plugins'),
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: '',
  }
  return {
    run: (command, args, signal) =>
      runProgram({ command, args, environment, timeLimit, outputLimit, ...(signal ? { signal } : {}) }),
    close: () => rm(home, { recursive: true, force: true }),
  }
}
