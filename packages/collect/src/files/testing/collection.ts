// Collection: collects the files of a scratch folder, and shows in short what came of it.

import { scratchFolder } from '../../testing/scratch-folder.ts'
import { collectFiles } from '../collect-files.ts'
import type { FilesCollection, FilesRequest } from '../files-request.ts'

const noTools = {
  helm: { missing: 'helm is not on PATH and PLIMSOLL_HELM is not set' },
  kubectl: { missing: 'kubectl is not on PATH and PLIMSOLL_KUBECTL is not set' },
}

export const requestFor = (workingDirectory: string, more: Partial<FilesRequest> = {}): FilesRequest => ({
  paths: ['.'],
  workingDirectory,
  tools: noTools,
  collector: { name: 'plimsoll', version: '0.0.0' },
  now: () => new Date('2026-01-02T03:04:05Z'),
  ...more,
})

/** Collects from a folder with these files; the whole folder where no paths are given. */
export async function collectFrom(
  files: Readonly<Record<string, string | Uint8Array>>,
  more: Partial<FilesRequest> = {},
): Promise<FilesCollection> {
  return await collectFiles(requestFor(scratchFolder(files).path, more))
}

/** Each resource as `file:line kind name`. */
export const found = ({ snapshot }: FilesCollection): string[] =>
  snapshot.resources.map(({ resource: { kind, metadata }, source: { file, line, document, item } }) => {
    const place = item === undefined ? `${document}` : `${document}.${item}`
    return `${file}:${line ?? '-'} (${place}) ${kind} ${metadata.name ?? metadata.generateName ?? ''}`
  })

/** Each gap as `scope reason: detail`. */
export const gapsOf = ({ snapshot }: FilesCollection): string[] =>
  snapshot.gaps.map(({ scope, reason, detail }) => `${scope} ${reason}: ${detail}`)

export const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers: []\n`
