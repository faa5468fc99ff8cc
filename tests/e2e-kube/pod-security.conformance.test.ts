/** The server's Pod Security admission answers the official conformance pods as they say: so it may judge other pods. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { fixturesFolder } from './harness/fixtures.ts'
import { createPolicyNamespaces, type Level, offerPod, policyNamespace } from './harness/pod-security.ts'
import { forEachIndex } from './harness/pool.ts'
import { SERVERS } from './harness/scope.ts'
import { describeWithKubernetes } from './harness/suite.ts'

interface Row {
  file: string
  level: Level
  version: string
  expected: 'pass' | 'fail'
}

/** From 1.35 on a few of the pods that are to be denied no longer get so far: they are invalid. */
const NEVER_VALID = /`hostUsers` must be false to use `Unmasked`/

const folder = fixturesFolder('pss')

for (const { kubernetes, newest } of SERVERS) {
  await describeWithKubernetes(
    `Pod Security conformance of Kubernetes ${kubernetes}`,
    { kubernetes, auditRules: [{ level: 'None' }] },
    options => {
      let plane: ControlPlane
      beforeAll(async () => {
        plane = await startControlPlane(options)
      })
      afterAll(async () => {
        await plane?.stop()
      })

      test.skipIf(folder === undefined)(`every pod of v1.0 to v1.${newest} gets its verdict`, async () => {
        // A policy newer than the server is read as its own newest, so its rows are not for it.
        const index: Row[] = JSON.parse(await readFile(join(folder ?? '', 'index.json'), 'utf8'))
        const rows = index
          .map(row => ({
            ...row,
            policy: { level: row.level, minor: Number(row.version.slice('v1.'.length)) },
          }))
          .filter(row => row.policy.minor <= newest)
        const policies = new Map(rows.map(row => [policyNamespace(row.policy), row.policy]))
        await createPolicyNamespaces(plane, [...policies.values()])

        const wrong: string[] = []
        let refused = 0
        await forEachIndex(rows.length, 16, async at => {
          const row = rows[at]
          if (row === undefined) return
          const pod = await readFile(join(folder ?? '', row.file), 'utf8')
          // Some are called by the name of a check, which as the name of a pod would be invalid.
          const named = pod.replace(/^ {2}name: .*$/m, '  name: conformance')
          const answer = await offerPod(plane, policyNamespace(row.policy), named)
          const right = answer.outcome === (row.expected === 'pass' ? 'allowed' : 'denied')
          if (answer.outcome === 'refused' && NEVER_VALID.test(answer.message)) refused++
          else if (!right) wrong.push(`${row.file}: ${JSON.stringify(answer)}`)
        })
        expect(rows.length).toBeGreaterThan(4_000)
        expect(wrong).toEqual([])
        expect(refused).toBeLessThan(rows.length / 100)
      })
    },
  )
}
