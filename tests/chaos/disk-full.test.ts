// Disk full: the embedded database's disk has no room left: it is said clearly, nothing breaks, and work goes on once there is room.

import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { enrolled } from './collector.ts'
import { besideEmbedded, dataFolder, scratchFolder } from './databases.ts'
import { scaled, seeded, tell } from './scale.ts'
import { ServerProcess } from './server-process.ts'
import { expectAssessedAsCold, expectKept, untilAssessed } from './stored.ts'

const mebibyte = 1024 * 1024

/** A small disk of its own; undefined where mounting is not allowed. */
function smallDisk(): string | undefined {
  const disk = join(scratchFolder(), 'disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=320m,mode=0755', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', disk])
  })
  return disk
}

test('snapshots are put off while there is no room, and taken once there is', async context => {
  const disk = smallDisk()
  if (disk === undefined) return context.skip('a disk of its own cannot be mounted here: that needs root')
  const began = performance.now()
  const folder = dataFolder(disk)
  const filler = join(disk, 'filler')
  let server = new ServerProcess({ folder })
  let url = await server.url()
  const { db } = await besideEmbedded(folder)
  const random = seeded(4)
  const [collector] = await enrolled({ db, now: () => new Date(), randomBytes }, 1, random)
  if (!collector) throw new Error('nobody is enrolled')
  const met = { times: 0, 'ends of the database': 0 }
  for (let turn = 0; turn < scaled(1, 4); turn++) {
    expect(await collector.step(url)).toBe('accepted')
    fill(disk, filler, (2 + random.below(6)) * mebibyte)
    // As much as the log of the database may keep ready, and more.
    for (let refused = 0, sent = 0; refused < 3; sent++) {
      const outcome = await collector.step(url, () => collector.heavy(8, 900_000))
      if (outcome === 'later') refused++
      expect(['accepted', 'later']).toContain(outcome)
      expect(sent).toBeLessThan(100)
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    // Either the database refused to write, or it could not go on: whoever runs the server is told which, and why.
    const ends = server.log.filter(({ type }) => type === 'crashed')
    const told = [...collector.problems, ...ends.map(({ reason }) => reason)].join('\n')
    expect(told).toContain('disk is full')
    met['ends of the database'] += ends.length
    met.times++
    rmSync(filler)
    // The database may have ended; its supervisor tries again every half minute at the latest.
    while ((await collector.step(url)) === 'later') await sleep(100)
    collector.problems.clear()
    if (turn % 2 === 0) {
      await server.kill()
      server = new ServerProcess({ folder })
      url = await server.url()
    }
  }
  const after = (await besideEmbedded(folder)).db
  await untilAssessed(after)
  expect(await expectKept(after, collector, Number.POSITIVE_INFINITY)).toBe(0)
  await expectAssessedAsCold(after, collector)
  expect(await server.stop()).toBe(0)
  // Every page that is kept is read, and held against its checksum.
  const program = process.env.PLIMSOLL_CHAOS_PROGRAM as string
  execFileSync(
    process.execPath,
    [program, 'db', 'backup', join(scratchFolder(), 'backup'), '--data', folder],
    {
      stdio: 'ignore',
    },
  )
  tell('a full disk', { ...met, seconds: Math.round((performance.now() - began) / 1000) })
})

test('no database is made where there is no room, and it says so', async context => {
  const disk = smallDisk()
  if (disk === undefined) return context.skip('a disk of its own cannot be mounted here: that needs root')
  const filler = join(disk, 'filler')
  fill(disk, filler, 8 * mebibyte)
  const folder = dataFolder(disk)
  const server = new ServerProcess({ folder })
  expect(await server.ended()).toBe(2)
  expect(server.said.join('\n')).toContain('the disk is full')
  rmSync(filler)
  const second = new ServerProcess({ folder })
  await second.url()
  expect(await second.stop()).toBe(0)
})

/** Takes all room of a disk but so many bytes. */
function fill(disk: string, file: string, left: number): void {
  const descriptor = openSync(file, 'w')
  const block = Buffer.alloc(mebibyte)
  const free = () => {
    const { bavail, bsize } = statfsSync(disk)
    return bavail * bsize
  }
  while (free() > left + block.length) writeSync(descriptor, block)
  closeSync(descriptor)
}
