// What rules about flags share: where a configuration decides, nothing is said without it; elsewhere it is not missed.

import { describe, expect, it } from 'vitest'
import { judgeRule } from '../../../engine/judge-rule.ts'
import { forbidden } from '../../../engine/testing/assessing.ts'
import { readPodTemplate } from '../../../kube/pod-template.ts'
import type { Resource } from '../../../model/resource.ts'
import type { RuleContext } from '../../../model/rule.ts'
import { apiServerConfig, operatedApiServer } from '../../../samples/openshift.ts'
import { rule } from './apiserver-profiling.ts'
import { apiServer } from './component-pods.ts'

const gaps = [forbidden('ConfigMap')]
const outcomes = (given: Resource, resources: readonly Resource[], hasGap = false) =>
  judgeRule(rule, given, { with: resources, ...(hasGap && { gaps }) }).map(({ outcome, evidence }) => [
    outcome,
    ...evidence.map(({ path, actual, expected }) => `${path} ${String(actual)}: ${expected}`),
  ])
const on = apiServerConfig({ profiling: ['true'] })

describe('a flag of OpenShift’s API server', () => {
  it('is judged by its configuration, and told with its place', () => {
    expect(outcomes(operatedApiServer(), [apiServerConfig({ profiling: ['false'] })])).toEqual([['pass']])
    expect(outcomes(operatedApiServer(), [on])).toEqual([
      [
        'fail',
        'metadata.labels.revision 7: --profiling=false (ConfigMap openshift-kube-apiserver/config-7 says --profiling=true)',
      ],
    ])
    expect(outcomes(operatedApiServer(), [apiServerConfig({})])).toEqual([
      [
        'fail',
        'metadata.labels.revision 7: --profiling=false; unset means true (in ConfigMap openshift-kube-apiserver/config-7)',
      ],
    ])
  })

  it('is not judged where its configuration could not be read', () => {
    expect(outcomes(operatedApiServer(), [])).toEqual([['not-evaluated']])
    expect(outcomes(operatedApiServer(), [], true)).toEqual([['not-evaluated']])
  })

  it('is not mended in the pod, which its operator would write again', () => {
    const fixOf = (given: Resource) => {
      const reading = readPodTemplate(given)
      const [result] = judgeRule(rule, given, { with: [on] })
      const [violation] = result?.evidence ?? []
      if (!reading.ok || !violation) throw new Error('the sample is broken')
      return rule.fix?.(violation, reading.template, { parameters: {} } as RuleContext)
    }
    expect(fixOf(apiServer('--profiling=true'))).toHaveLength(1)
    expect(fixOf(operatedApiServer())).toEqual([])
  })
})

describe('a flag of another API server', () => {
  it('is judged whether ConfigMaps could be read or not', () => {
    expect(outcomes(apiServer('--profiling=false'), [], true)).toEqual([['pass']])
    expect(outcomes(apiServer('--profiling=true'), [], true)).toMatchObject([['fail', expect.any(String)]])
  })
})
