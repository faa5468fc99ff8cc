// Corpora: writes the inputs of the benches into a folder outside the tree, once a version.

import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { dump } from 'js-yaml'
import { random } from './random.ts'
import { companion, runningReplicas, workload } from './workloads.ts'

/** Raise it when the generator changes: old corpora are then made anew. */
const version = 3
const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'plimsoll', 'bench', `v${version}`)

function once(name: string, make: (path: string) => void): string {
  const path = join(home, name)
  if (existsSync(path)) return path
  mkdirSync(home, { recursive: true })
  const unfinished = `${path}.unfinished-${process.pid}`
  make(unfinished)
  renameSync(unfinished, path)
  return path
}

/** A folder of 18 YAML files with `count` resources, three in four of them workloads (2,000 make about 7 MB). */
export function manifests(count: number): string {
  return once(`manifests-${count}`, folder => {
    mkdirSync(folder)
    const source = random(7)
    const documents = Array.from({ length: count }, (_, i) =>
      source.chance(0.75) ? workload(source, i) : companion(source, i),
    )
    const files = 18
    for (let file = 0; file < files; file++) {
      const own = documents.filter((_, i) => i % files === file)
      writeFileSync(
        join(folder, `part-${String(file).padStart(2, '0')}.yaml`),
        own.map(one => dump(one, { lineWidth: -1 })).join('---\n'),
      )
    }
  })
}

const replicas = 5

/**
 * A file as `kubectl get pods -A -o json` prints it, indentation aside: `count` pods, five of each ReplicaSet, as in the workload that
 * StackRox publishes for its scale tests (25,000 pods make about 130 MB). Written `distinct`, no two pods are alike: the worst case.
 */
export function podDump(count: number, distinct = false): string {
  const each = distinct ? 1 : replicas
  return once(`pods-${count}${distinct ? '-distinct' : ''}.json`, path => {
    const source = random(11)
    const file = openSync(path, 'w')
    writeSync(file, '{"apiVersion":"v1","items":[\n')
    for (let i = 0; i < count / each; i++) {
      const pods = runningReplicas(source, i, each).map(pod => JSON.stringify(pod))
      writeSync(file, `${i === 0 ? '' : ',\n'}${pods.join(',\n')}`)
    }
    writeSync(file, '\n],"kind":"List","metadata":{"resourceVersion":""}}\n')
    closeSync(file)
  })
}
