import { describe, expect, test } from 'vitest'
import { type CollectFlags, readOptions } from './collect.ts'
import { collectFlags, parseDuration } from './collect-flags.ts'

const given = (more: Partial<CollectFlags> = {}): CollectFlags => ({
  color: false,
  server: 'https://plimsoll.example',
  tokenFile: 'token',
  spool: 'spool',
  resync: 60_000,
  slices: '',
  logLevel: 'info',
  ...more,
})
const problemOf = (more: Partial<CollectFlags>): string => {
  const options = readOptions(given(more), '/work')
  return options.ok ? '' : options.problems.map(({ message }) => message).join()
}

describe('durations', () => {
  test.each([
    ['4h', 14_400_000],
    ['30m', 1_800_000],
    ['1h30m', 5_400_000],
    ['90s', 90_000],
    ['1h0m1s', 3_601_000],
  ])('%s is %i ms', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds))

  test.each(['', '0s', '4', '4 h', '1d', '30m1h', '-1h', '1.5h', '99999h'])('%j is none', text =>
    expect(parseDuration(text)).toBeUndefined(),
  )
})

describe('the options of an agent', () => {
  test('are what the flags say, with files where the command runs', () => {
    const options = readOptions(
      given({
        caFile: '/etc/ca.crt',
        leaseNamespace: 'plimsoll',
        leaseName: 'agent',
        label: ['team=shop', 'note=a=b'],
        environment: 'production',
        clusterName: 'shop',
        noProxy: 'a,b',
      }),
      '/work',
    )
    expect(options).toMatchObject({
      ok: true,
      value: {
        tokenFile: '/work/token',
        spool: '/work/spool',
        caFile: '/etc/ca.crt',
        lease: { namespace: 'plimsoll', name: 'agent' },
        labels: { team: 'shop', note: 'a=b' },
        environmentName: 'production',
        clusterName: 'shop',
        noProxy: 'a,b',
      },
    })
  })

  test.each<[string, Partial<CollectFlags>, RegExp]>([
    ['the server', { server: '' }, /--server/],
    ['the token', { tokenFile: '' }, /--token-file/],
    ['the spool', { spool: '' }, /--spool/],
    ["the Lease's name", { leaseNamespace: 'x' }, /--lease-name/],
    ['a value of a label', { label: ['team'] }, /--label team/],
    ['a label that servers take', { label: [`team=${'x'.repeat(64)}`] }, /--label team: /],
    ['a name that servers take', { clusterName: 'a\nb' }, /--cluster-name: no control characters/],
    ['a slice that there is', { slices: 'secret' }, /slice.*secrets/],
  ])('miss %s', (_what, more, message) => expect(problemOf(more)).toMatch(message))

  test('say nothing of the cluster where no flag does', () => {
    const options = readOptions(given(), '/work')
    for (const own of ['clusterName', 'environmentName', 'labels'])
      expect(options).not.toHaveProperty(`value.${own}`)
  })

  test('slices are the usual ones and what is named, or what is named where cluster is', () => {
    const slicesOf = (slices: string) => {
      const options = readOptions(given({ slices }), '/work')
      return options.ok ? options.value.slices : []
    }
    expect(slicesOf('')).toContain('workloads')
    expect(slicesOf('')).not.toContain('secrets')
    expect(slicesOf('secrets')).toEqual([...slicesOf(''), 'secrets'])
    expect(slicesOf('cluster, workloads')).toEqual(['cluster', 'workloads'])
  })

  test('know the flags that charts give', () => {
    const names = collectFlags().map(({ long }) => long)
    for (const name of [
      'server',
      'token-file',
      'spool',
      'listen',
      'lease-namespace',
      'lease-name',
      'resync',
      'slices',
    ])
      expect(names).toContain(`--${name}`)
    for (const name of ['cluster-name', 'environment', 'label', 'ca-file', 'proxy', 'no-proxy', 'log-level'])
      expect(names).toContain(`--${name}`)
  })
})
