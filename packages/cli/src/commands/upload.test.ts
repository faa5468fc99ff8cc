import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UploadRequest } from '@plimsoll/collect'
import { refuse, type Snapshot, succeed } from '@plimsoll/core'
import { afterAll, describe, expect, it } from 'vitest'
import { scan } from './scan.ts'
import { type FakeWorld, fakeKit, pod } from './testing/fake-kit.ts'
import { uploadSavedSnapshot } from './upload.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-test-'))
writeFileSync(join(folder, 'token'), 'ple_abc\n')
writeFileSync(join(folder, 'empty'), '\n')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const snapshot: Snapshot = {
  scope: { type: 'cluster', id: 'uid-of-kube-system', name: 'shop', kubernetesVersion: '1.34.4' },
  collector: { name: 'plimsoll', version: '0.0.0' },
  takenAt: '2026-02-03T04:05:06.000Z',
  resources: [{ resource: pod('web', { hostPID: true }), source: { file: 'https://shop', document: 0 } }],
  gaps: [],
}

const accepted = {
  state: 'accepted',
  cluster: 'uid-of-kube-system',
  scope: 'api',
  sequence: 1,
  revision: 3,
  repeated: false,
  added: 1,
  changed: 0,
  removed: 0,
  resources: 1,
} as const

function world(
  answer: Awaited<ReturnType<NonNullable<NonNullable<FakeWorld['collectors']>['uploadSnapshot']>>> = succeed(
    accepted,
  ),
) {
  const sent: UploadRequest[] = []
  const kinds: (readonly string[])[] = []
  const kit = fakeKit({
    workingDirectory: folder,
    collectors: {
      uploadSnapshot: async request => {
        sent.push(request)
        return answer
      },
      openSnapshot: async () => succeed(snapshot),
      collectCluster: async request => {
        kinds.push(request.kinds)
        return succeed({ snapshot, cost: { requests: 1, bytes: 1 } })
      },
      kindsReadBy: rules => new Map([...rules].map(rule => [`kind of ${rule.id}`, [rule.id]])),
    },
  })
  return { kit, sent, kinds }
}

const flags = { color: false }
const server = 'https://plimsoll.example'

describe('snapshot upload', () => {
  it('sends a saved snapshot with the token of a file', async () => {
    const { kit, sent } = world()
    expect(await uploadSavedSnapshot(kit, 'shop.snapshot', { ...flags, server, tokenFile: 'token' })).toBe(0)
    expect(sent).toMatchObject([{ snapshot, server: { url: server, token: 'ple_abc' } }])
    expect(kit.said.join()).toContain('sent 1 resource of cluster uid-of-kube-system: 1 resource added')
  })

  it('says what is missing, and what the server says', async () => {
    const { kit, sent } = world(refuse({ code: 'server-refused', message: 'the server did not take it' }))
    const upload = (more: object) => uploadSavedSnapshot(kit, 'shop.snapshot', { ...flags, ...more })
    expect(await upload({})).toBe(2)
    expect(await upload({ server })).toBe(2)
    expect(await upload({ server, tokenFile: 'empty' })).toBe(2)
    expect(await upload({ server, tokenFile: 'none' })).toBe(2)
    expect(sent).toEqual([])
    expect(await upload({ server, tokenFile: 'token' })).toBe(2)
    expect(kit.said).toEqual([
      'error: name the server with --server https://<host>',
      expect.stringContaining('PLIMSOLL_TOKEN'),
      expect.stringContaining('is empty'),
      expect.stringContaining('does not exist'),
      'error: the server did not take it',
    ])
    expect(kit.said.join()).not.toContain('ple_abc')
  })
})

describe('scan --server', () => {
  const scanFlags = { ...flags, failOn: 'high' as const, output: 'json' as const }

  it('collects all kinds for the server, judges what was asked for, and sends it', async () => {
    const { kit, sent, kinds } = world()
    const code = await scan(kit, [], {
      ...scanFlags,
      live: true,
      rule: ['host-pid'],
      server,
      tokenFile: 'token',
    })
    expect(code).toBe(1)
    expect(sent).toHaveLength(1)
    expect(kinds).toEqual([['kind of host-pid', 'kind of host-ipc', 'kind of host-quiet']])
    expect(JSON.parse(kit.written()).results.map((one: { rule: string }) => one.rule)).toEqual(['host-pid'])
  })

  it('judges all the same where the server is away, and does not exit clean', async () => {
    const { kit } = world(refuse({ code: 'server-unreachable', message: 'the server cannot be reached' }))
    const code = await scan(kit, [], {
      ...scanFlags,
      failOn: 'critical',
      live: true,
      server,
      tokenFile: 'token',
    })
    expect(code).toBe(2)
    expect(kit.said).toContain('error: the server cannot be reached')
    expect(kit.written()).toContain('host-pid')
  })

  it('is for live clusters', async () => {
    const { kit, sent } = world()
    expect(await scan(kit, ['deploy/'], { ...scanFlags, server, tokenFile: 'token' })).toBe(2)
    expect(await scan(kit, ['deploy/'], { ...scanFlags, tokenFile: 'token' })).toBe(2)
    expect(sent).toEqual([])
  })
})
