import type { PermissionCheck } from '@plimsoll/collect'
import type { Rule } from '@plimsoll/core'
import { expect, test } from 'vitest'
import { preflight } from './preflight.ts'
import { catalogue, fakeKit } from './testing/fake-kit.ts'

const [hostPid, hostIpc] = catalogue.rules as readonly [Rule, Rule]
/** One reads Pods, the other Secrets too. */
const rules = [hostPid, { ...hostIpc, reads: ['Secret'] }]

const check = (
  kind: string,
  resource: string,
  allowed: PermissionCheck['allowed'],
  rulesLost: readonly string[],
  name?: string,
): PermissionCheck => ({
  permission: { verb: name ? 'get' : 'list', group: '', resource, ...(name && { name }) },
  kind,
  allowed,
  rulesLost,
})
const identity = (allowed: PermissionCheck['allowed'] = 'yes') =>
  check('Namespace', 'namespaces', allowed, [], 'kube-system')

async function run(checks: readonly PermissionCheck[], flags: object = {}) {
  const kit = fakeKit({
    catalogue: { ...catalogue, rules },
    collectors: { preflight: async () => ({ ok: true, value: checks }) },
  })
  const code = await preflight(kit, { color: false, rule: rules.map(({ id }) => id), ...flags })
  return { code, text: kit.written(), said: kit.said }
}

const secrets = (allowed: PermissionCheck['allowed']) => check('Secret', 'secrets', allowed, ['host-ipc'])
const pods = check('Pod', 'pods', 'yes', ['host-pid', 'host-ipc'])

test('tells of each permission its slice, what that buys and which rules need it, slice by slice', async () => {
  const { code, text } = await run([identity(), secrets('yes'), pods])
  expect(code).toBe(0)
  const lines = text.split('\n')
  const at = (start: string) => lines.findIndex(line => line.startsWith(start))
  expect(at('cluster: Which cluster it is')).toBe(0)
  expect(at('workloads: Pods and all that makes')).toBeGreaterThan(at('cluster:'))
  expect(at('secrets (agents have it only where it is switched on): Names, types')).toBeGreaterThan(
    at('workloads:'),
  )
  expect(text).toMatch(/^ {2}yes +get namespaces\/kube-system +tells which cluster it is/m)
  expect(text).toMatch(/^ {2}yes +list pods +buys 2 rules: host-pid, host-ipc$/m)
  expect(text).toMatch(/^ {2}yes +list secrets +buys 1 rule: host-ipc$/m)
  expect(text).toContain('All 3 permissions are there: every rule can be evaluated.')
})

test.each(['no', 'unknown'] as const)(
  'names every rule that is lost where the answer is %s',
  async answer => {
    const { code, text } = await run([identity(), pods, secrets(answer)])
    expect(code).toBe(3)
    expect(text).toMatch(new RegExp(`^ {2}${answer} +list secrets +loses 1 rule: host-ipc$`, 'm'))
    expect(text).toContain('1 of 3 permissions are missing or unknown: 1 rule would not be evaluated.')
  },
)

test('says the same to machines', async () => {
  const { code, text } = await run([identity(), secrets('no'), pods], { output: 'json' })
  expect(code).toBe(3)
  expect(JSON.parse(text)).toEqual([
    { slice: 'cluster', buys: expect.stringContaining('Which cluster'), ...identity() },
    { slice: 'workloads', buys: expect.stringContaining('Pods'), ...pods },
    { slice: 'secrets', buys: expect.stringContaining('Names, types'), ...secrets('no') },
  ])
})

test('stops for a kind that no slice has, since what it buys cannot be told', async () => {
  await expect(run([check('Gadget', 'gadgets', 'yes', [])])).rejects.toThrow('no slice has the kind Gadget')
})
