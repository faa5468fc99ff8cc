// kube-score: the peer that the bench compares with, built once from its Go module; undefined where Go is not there.

import { ensureBinaries } from '../tools/kube/binaries.ts'

/** Path of the kube-score binary, or undefined after one line that says why there is none. */
export async function findKubeScore(): Promise<string | undefined> {
  const found = await ensureBinaries(['kube-score'])
  if (found.available) return found.paths['kube-score']
  console.error(`kube-score is not compared with: ${found.detail}`)
  return undefined
}
