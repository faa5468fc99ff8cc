/** The server's Pod Security admission answers the official conformance pods as they say: so it may judge other pods. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { fixturesFolder } from './harness/fixtures.ts'
import { createPolicyNamespaces, type Level, offerPod, policyNamespace } from './harness/pod-security.ts'
import { forEachIndex } from './harness/pool.ts'
import { describeWithKubernetes } from './harness/suite.ts'

interface Row {
  file: string
  level: Level
  version: string
  expected: 'pass' | 'fail'
}

/** Policies newer than the server are read as its own newest, so their rows are not for it. */
const NEWEST = 34

const folder = fixturesFolder('pss')

await describeWithKubernetes('Pod Security conformance', { auditRules: [{ level: 'None' }] }, options => {
  let plane: ControlPlane
  beforeAll(async () => {
    plane = await startControlPlane(options)
  })
  afterAll(async () => {
    await plane?.stop()
  })

  test.skipIf(folder === undefined)(`every pod of v1.0 to v1.${NEWEST} gets its verdict`, async () => {
    const index: Row[] = JSON.parse(await readFile(join(folder ?? '', 'index.json'), 'utf8'))
    const rows = index
      .map(row => ({ ...row, policy: { level: row.level, minor: Number(row.version.slice('v1.'.length)) } }))
      .filter(row => row.policy.minor <= NEWEST)
    const policies = new Map(rows.map(row => [policyNamespace(row.policy), row.policy]))
    await createPolicyNamespaces(plane, [...policies.values()])

    const wrong: string[] = []
    await forEachIndex(rows.length, 16, async at => {
      const row = rows[at]
      if (row === undefined) return
      const pod = await readFile(join(folder ?? '', row.file), 'utf8')
      // Some are called by the name of a check, which as the name of a pod would be invalid.
      const named = pod.replace(/^ {2}name: .*$/m, '  name: conformance')
      const answer = await offerPod(plane, policyNamespace(row.policy), named)
      const right = answer.outcome === (row.expected === 'pass' ? 'allowed' : 'denied')
      if (!right) wrong.push(`${row.file}: ${JSON.stringify(answer)}`)
    })
    expect(rows.length).toBeGreaterThan(4_000)
    expect(wrong).toEqual([])
  })
})
