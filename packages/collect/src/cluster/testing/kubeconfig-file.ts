// Kubeconfig file: writes kubeconfigs for tests.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ScratchFolder {
  readonly path: string
  /** Writes a file and gives its path. */
  write(name: string, content: string, mode?: number): string
  remove(): void
}

export function scratchFolder(): ScratchFolder {
  const path = mkdtempSync(join(tmpdir(), 'plimsoll-collect-'))
  return {
    path,
    write(name, content, mode = 0o600) {
      const file = join(path, name)
      writeFileSync(file, content, { mode })
      return file
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** A kubeconfig with one context `test`, as JSON, which is YAML too. */
export function kubeconfig(cluster: object, user: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }],
  })
}
