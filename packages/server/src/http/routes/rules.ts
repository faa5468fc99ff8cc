// Rules routes: the catalogue of rules and benchmarks.

import type { Rule } from '@plimsoll/core'
import { rulesApi as api } from '@plimsoll/core/contract'
import { Fault } from '../../services/fault.ts'
import type { Reading } from '../../services/read/reading.ts'
import { controlsOf } from '../../services/read/views.ts'
import { defineRoute, type Route } from '../route.ts'

const access = { role: 'viewer' } as const

const ruleView = ({ id, title, severity, subject, rationale, remediation, parameters }: Rule) => ({
  id,
  title,
  severity,
  subject: [subject].flat(),
  rationale,
  remediation,
  parameters: parameters ?? {},
})

export const ruleRoutes = (reading: Reading): Route[] => [
  defineRoute({
    id: 'listRules',
    method: 'GET',
    path: '/rules',
    tag: 'rules',
    summary: 'Lists all rules.',
    access,
    response: api.rules,
    handle: async () => ({ items: [...reading.rules.values()].map(ruleView) }),
  }),
  defineRoute({
    id: 'getRule',
    method: 'GET',
    path: '/rules/{rule}',
    tag: 'rules',
    summary: 'Gives one rule with the controls of all benchmarks that it answers.',
    access,
    params: api.ruleParams,
    response: api.wholeRule,
    handle: async ({ params }) => {
      const rule = reading.rules.get(params.rule)
      if (!rule) throw new Fault('not-found', `There is no rule ${params.rule}.`)
      return { ...ruleView(rule), controls: controlsOf(rule.id, reading.editions) }
    },
  }),
  defineRoute({
    id: 'listBenchmarks',
    method: 'GET',
    path: '/benchmarks',
    tag: 'rules',
    summary: 'Lists the benchmarks and their editions.',
    access,
    response: api.benchmarks,
    handle: async () => ({
      items: reading.editions.map(({ benchmark, edition, title, source, distributions, controls }) => ({
        benchmark,
        edition,
        title,
        source,
        distributions: [...(distributions ?? [])],
        controls: controls.length,
        answered: controls.filter(control => control.rules.length > 0).length,
      })),
    }),
  }),
]
