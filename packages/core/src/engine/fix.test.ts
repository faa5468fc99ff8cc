import { applyPatch, deepClone, type Operation } from 'fast-json-patch'
import { describe, expect, it } from 'vitest'
import { removeAt, setAt } from '../kube/patch.ts'
import type { PodSpec } from '../model/pod-spec.ts'
import type { PodTemplate } from '../model/pod-template.ts'
import type { Resource } from '../model/resource.ts'
import type { Rule, Violation } from '../model/rule.ts'
import { container, deployment, pod } from '../samples/pods.ts'
import { clusterWith, filesWith, privileged, ruleThat, run } from './testing/assessing.ts'

/** Each container must drop ALL and not escalate: two changes in a security context that may not be there yet. */
const hardened = ruleThat(
  'hardened',
  function* (own): Generator<Violation> {
    for (const one of own.containers) {
      const at = (field: string) => ({
        path: `${one.path}.securityContext.${field}`,
        actual: undefined,
        expected: 'set',
        discriminator: one.name,
      })
      if (one.securityContext?.allowPrivilegeEscalation !== false) yield at('allowPrivilegeEscalation')
      if (!one.securityContext?.capabilities?.drop?.includes('ALL')) yield at('capabilities.drop')
    }
  },
  {
    fix: (violation, own) =>
      setAt(templateOf(own).resource, violation.path, violation.path.endsWith('drop') ? ['ALL'] : false),
  },
)
/** No volume may be of the host: taking one away moves the next. */
const noHostPaths = ruleThat(
  'no-host-paths',
  function* (own): Generator<Violation> {
    for (const [index, volume] of (own.spec.volumes ?? []).entries())
      if (volume.hostPath)
        yield { path: `${own.path}.volumes[${index}]`, actual: volume, expected: 'no volume of the host' }
  },
  { fix: (violation, own) => removeAt(templateOf(own).resource, violation.path) },
)

const templateOf = (subject: unknown) => subject as PodTemplate

function mended(resource: Resource, rule: Rule): Resource {
  const { assessment, results } = run({ snapshot: filesWith([resource]), rules: [rule] })
  let document = deepClone(resource) as Resource
  for (const result of results) {
    const operations = assessment.fixOf(result)
    if (operations) document = applyPatch(document, deepClone(operations) as Operation[], true).newDocument
  }
  return document
}
const outcomes = (resource: Resource, rule: Rule) =>
  run({ snapshot: filesWith([resource]), rules: [rule] }).results.map(({ outcome }) => outcome)

describe('fixOf', () => {
  it('mends several things in one place that does not exist yet', () => {
    const before = deployment({
      containers: [container(), container({ name: 'b', securityContext: { runAsUser: 5 } })],
    })
    expect(outcomes(mended(before, hardened), hardened)).toEqual(['pass'])
    expect(mended(before, hardened)).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
              { securityContext: { runAsUser: 5, allowPrivilegeEscalation: false } },
            ],
          },
        },
      },
    })
  })

  it('takes away several items of a list, each where it then stands', () => {
    const host = (name: string) => ({ name, hostPath: { path: '/' } })
    const volumes = [host('a'), { name: 'keep', emptyDir: {} }, host('b'), host('c')]
    expect(mended(pod({ volumes }), noHostPaths)).toMatchObject({ spec: { volumes: [{ name: 'keep' }] } })
  })

  it('leaves the resource itself alone', () => {
    const before = pod()
    const text = JSON.stringify(before)
    mended(before, hardened)
    expect(JSON.stringify(before)).toBe(text)
  })

  it('has nothing for a rule that cannot mend, or whose fix does not mend', () => {
    const spec: PodSpec = { containers: [container({ securityContext: { privileged: true } })] }
    const fixes = (rule: Rule) => {
      const { assessment, results } = run({ snapshot: filesWith([pod(spec)]), rules: [rule] })
      return results.map(result => assessment.fixOf(result))
    }
    expect(fixes(privileged)).toEqual([undefined])
    expect(fixes({ ...privileged, fix: () => [] })).toEqual([undefined])
    expect(fixes({ ...privileged, fix: () => [{ op: 'add', path: '/spec/x', value: 1 }] })).toEqual([
      undefined,
    ])
  })

  it('has nothing for what did not fail, nor for a running pod: its template cannot be mended there', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', controller: true }
    const running = pod({ metadata: { name: 'agent-x', ownerReferences: [owner] } })
    const { assessment, results } = run({ snapshot: clusterWith([running]), rules: [hardened] })
    expect(results.map(result => [result.outcome, assessment.fixOf(result)])).toEqual([['fail', undefined]])
    const passing = run({ snapshot: filesWith([pod()]), rules: [noHostPaths] })
    expect(passing.results.map(result => passing.assessment.fixOf(result))).toEqual([undefined])
  })

  it('is worked out for each of many containers, and left to people where a rule fails in hundreds of places', () => {
    const containersOf = (count: number) =>
      deployment({ containers: Array.from({ length: count }, (_, i) => container({ name: `c${i}` })) })
    const fixesOf = (resource: Resource) => {
      const { assessment, results } = run({ snapshot: filesWith([resource]), rules: [hardened] })
      return results.map(result => assessment.fixOf(result)?.length ?? 0)
    }
    expect(fixesOf(containersOf(100))).toEqual(Array(100).fill(2))
    expect(fixesOf(containersOf(101))).toEqual(Array(101).fill(0))
  })
})
