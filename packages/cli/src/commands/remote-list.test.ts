import type { OpenServer } from '@plimsoll/collect'
import { type Attempt, refuse, succeed } from '@plimsoll/core'
import { describe, expect, it } from 'vitest'
import { listClusters, listFindings } from './remote-list.ts'
import { fakeKit } from './testing/fake-kit.ts'

class Refused extends Error {
  status = 400
}

const finding = (name: string) => ({
  id: `id-${name}`,
  severity: 'high',
  state: 'open',
  cluster: { id: 'c1', name: 'prod' },
  rule: { id: 'host-network', title: '…' },
  resource: { key: `Pod/web/${name}`, kind: 'Pod', namespace: 'web', name },
})

function world(answers: readonly unknown[]) {
  const asked: string[] = []
  let closed = 0
  const left = [...answers]
  const server = {
    call: async ({ path }: { path: string }) => {
      asked.push(path)
      const answer = left.shift()
      if (answer instanceof Error) throw answer
      return answer
    },
    isFailure: (error: unknown) => error instanceof Refused,
    close: () => {
      closed++
    },
  }
  const kit = fakeKit({
    environment: { PLIMSOLL_TOKEN: 'plt_abc' },
    collectors: { openServer: () => succeed(server) as unknown as Attempt<OpenServer> },
  })
  return { kit, asked, closed: () => closed }
}

const flags = { color: false, server: 'https://plimsoll.example' }
const written = (kit: ReturnType<typeof fakeKit>) => kit.written()

describe('plimsoll findings', () => {
  it('writes every page, as a table', async () => {
    const { kit, asked, closed } = world([
      { items: [finding('a')], next: 'n 1' },
      { items: [finding('b')], next: null },
    ])
    expect(await listFindings(kit, ['severity', '>=', 'high'], flags)).toBe(0)
    expect(asked).toEqual([
      '/findings?q=severity+%3E%3D+high&limit=500',
      '/findings?q=severity+%3E%3D+high&limit=500&cursor=n+1',
    ])
    expect(written(kit)).toBe(
      'high  open  prod  host-network  Pod/web/a\nhigh  open  prod  host-network  Pod/web/b\n\n2 findings\n',
    )
    expect(closed()).toBe(1)
  })

  it('writes JSON that is one list over all pages, also an empty one', async () => {
    const two = world([
      { items: [finding('a')], next: 'n' },
      { items: [finding('b')], next: null },
    ])
    await listFindings(two.kit, [], { ...flags, output: 'json' })
    expect(JSON.parse(written(two.kit))).toEqual([finding('a'), finding('b')])
    const none = world([{ items: [], next: null }])
    await listFindings(none.kit, [], { ...flags, output: 'json' })
    expect(JSON.parse(written(none.kit))).toEqual([])
  })

  it('writes CSV in which no name runs', async () => {
    const { kit } = world([{ items: [finding('=cmd()')], next: null }])
    await listFindings(kit, [], { ...flags, output: 'csv' })
    const [head, line] = written(kit).split('\r\n')
    expect(head).toContain('id,cluster.id,cluster.name,rule.id,severity')
    expect(line).toContain(",Pod,web,'=cmd(),")
  })

  it('says what the server says of a wrong query, and ends with 2', async () => {
    const { kit, closed } = world([new Refused('findings have no field "severty"; did you mean severity?')])
    expect(await listFindings(kit, ['severty', ':', 'high'], flags)).toBe(2)
    expect(kit.said.join()).toContain('did you mean severity?')
    expect(closed()).toBe(1)
  })

  it('asks for an instant, an account and a zone', async () => {
    const { kit, asked } = world([{ items: [], next: null }])
    const part = { at: '2026-05-01T12:00:00Z', account: '1 2', zone: 'z' }
    expect(await listFindings(kit, ['state:open'], { ...flags, ...part })).toBe(0)
    expect(asked).toEqual([
      '/findings?q=state%3Aopen&at=2026-05-01T12%3A00%3A00Z&account=1+2&zone=z&limit=500',
    ])
  })

  it('asks for a server and a token', async () => {
    const { kit, asked } = world([])
    expect(await listFindings(kit, [], { color: false })).toBe(2)
    expect(kit.said.join()).toContain('--server')
    const without = fakeKit({ collectors: { openServer: () => refuse({ code: 'usage', message: 'x' }) } })
    expect(await listFindings(without, [], flags)).toBe(2)
    expect(asked).toEqual([])
  })
})

describe('plimsoll clusters', () => {
  it('lists them', async () => {
    const cluster = {
      status: 'stale',
      critical: 1,
      high: 20,
      resources: 300,
      version: 'v1.34.1',
      name: 'prod',
    }
    const { kit, asked } = world([{ items: [cluster], next: null }])
    expect(await listClusters(kit, [], flags)).toBe(0)
    expect(asked).toEqual(['/clusters?q=&limit=500'])
    expect(written(kit)).toBe('stale  1  20  300  v1.34.1  prod\n\n1 clusters\n')
  })
})
