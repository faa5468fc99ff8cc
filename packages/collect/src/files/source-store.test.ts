import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { collectFiles } from './collect-files.ts'
import type { FilesCollection } from './files-request.ts'
import { pod, requestFor } from './testing/collection.ts'

const pathOfName = [['metadata', 'name']]

/** Line and column of each resource's name, or `-`. */
const placesOfNames = ({ snapshot, sources }: FilesCollection): string[] =>
  snapshot.resources.map(({ source }) => {
    const place = sources.locate(source, pathOfName)?.[0]
    return place ? `${place.line}:${place.column}` : '-'
  })

const list = (count: number, filler: string) =>
  JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'List',
      items: Array.from({ length: count }, (_, index) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `p${index}`, annotations: { filler } },
      })),
    },
    undefined,
    1,
  )

const megabytes = (count: number) => 'x'.repeat(count * 1024 * 1024)

describe('places are found', { timeout: 30_000 }, () => {
  test('in YAML documents, JSON lists, and on standard input', async () => {
    const { path } = scratchFolder({ 'a.yaml': `${pod('a')}---\n${pod('b')}`, 'l.json': list(2, '') })
    const stdin = (async function* () {
      yield Buffer.from(pod('c'))
    })()
    const collection = await collectFiles(requestFor(path, { paths: ['.', '-'], stdin }))
    expect(placesOfNames(collection)).toEqual(['4:9', '11:9', '9:13', '19:13', '4:9'])
  })

  test('in JSON that was read as a stream', async () => {
    const { path } = scratchFolder({ 'l.json': list(20, megabytes(1)) })
    const collection = await collectFiles(requestFor(path))
    expect(placesOfNames(collection)).toEqual(
      Array.from({ length: 20 }, (_, index) => `${9 + 10 * index}:13`),
    )
  })

  test('in files that are too many to be kept, and are read again', async () => {
    const { path, write } = scratchFolder()
    const name = (index: number) => `f${index}.yaml`
    for (let index = 0; index < 5; index++)
      write(name(index), `${pod(`a${index}`)}# ${megabytes(5)}\n---\n${pod('b')}`)
    const collection = await collectFiles(requestFor(path))
    expect(placesOfNames(collection)).toEqual(Array.from({ length: 5 }, () => ['4:9', '12:9']).flat())
  })
})

describe('places are not made up', { timeout: 30_000 }, () => {
  test('where the file has changed since', async () => {
    const { path, write } = scratchFolder()
    write('l.json', list(20, megabytes(1)))
    for (let index = 0; index < 4; index++) write(`y${index}.yaml`, `${pod('a')}# ${megabytes(5)}\n`)
    const collection = await collectFiles(requestFor(path))
    for (const name of ['l.json', 'y0.yaml', 'y3.yaml']) appendFileSync(join(path, name), '\n')
    expect(placesOfNames(collection)).toEqual([...Array<string>(20).fill('-'), '4:9', '4:9', '4:9', '-'])
  })

  test('for sources that were not collected', async () => {
    const { path } = scratchFolder({ 'a.yaml': pod('a') })
    const { sources } = await collectFiles(requestFor(path))
    expect(sources.locate({ file: 'a.yaml', document: 7 }, pathOfName)).toBeUndefined()
    expect(sources.locate({ file: 'b.yaml', document: 0 }, pathOfName)).toBeUndefined()
    expect(sources.locate({ file: 'a.yaml', document: 0, template: 't' }, pathOfName)).toBeUndefined()
  })
})
