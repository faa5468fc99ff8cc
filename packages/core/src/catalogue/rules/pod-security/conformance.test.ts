// The official conformance pods of Pod Security admission get their verdicts, as pods and inside of controllers.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { resolveParameters } from '../../../engine/parameters.ts'
import { valueAt } from '../../../kube/path.ts'
import { readPodTemplate } from '../../../kube/pod-template.ts'
import type { Control, Edition } from '../../../model/benchmark.ts'
import { type KubernetesVersion, parseKubernetesVersion } from '../../../model/kubernetes-version.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Resource } from '../../../model/resource.ts'
import type { Lookup, Rule, RuleContext, Violation } from '../../../model/rule.ts'
import { editions } from '../../benchmarks/pod-security.ts'
import { podSecurityDenials } from './admission-message.ts'
import { type PodSecurityLevel, podSecurityChecks } from './pod-security-checks.ts'

interface Row {
  readonly file: string
  readonly level: PodSecurityLevel
  readonly version: string
  readonly expected: 'pass' | 'fail'
  /** The check it is made for; `base` for pods that are plainly good. */
  readonly control: string
}

const beside = fileURLToPath(new URL('../../../../../../../shared/fixtures', import.meta.url))
const folder = `${process.env.PLIMSOLL_FIXTURES ?? beside}/pss`
const isThere = existsSync(folder)
if (!isThere) process.stderr.write(`no fixtures in ${folder}: Pod Security conformance is skipped\n`)

const rules = new Map<string, Rule>(
  podSecurityChecks.flatMap(check => check.rules.map(rule => [rule.id, rule] as const)),
)
const contexts = new Map<string, RuleContext>()

describe.skipIf(!isThere)('conformance pods', () => {
  const rows = isThere ? (JSON.parse(readFileSync(`${folder}/index.json`, 'utf8')) as Row[]) : []

  test('there are as many as upstream has', () => {
    expect(rows).toHaveLength(4537)
  })

  for (const [name, wrap] of Object.entries({
    'a pod': asPod,
    'a Deployment': inDeployment,
    'a CronJob': inCronJob,
  }))
    test(`each gets its verdict as ${name}`, () => {
      const wrong = rows.flatMap(row => {
        const faults = faultsOf(row, wrap)
        return faults.length > 0 ? [`${row.file}: ${faults.join('; ')}`] : []
      })
      process.stderr.write(
        `Pod Security conformance as ${name}: ${rows.length - wrong.length} of ${rows.length} right\n`,
      )
      expect(wrong).toEqual([])
    }, 60_000)
})

const texts = new Map<string, string>()
const pods = new Map<string, Resource>()

/** Most pods are the same from version to version, and each is read three times. */
function readPod(file: string): Resource {
  const text = texts.get(file) ?? readFileSync(`${folder}/${file}`, 'utf8')
  texts.set(file, text)
  const pod = pods.get(text) ?? (parse(text) as Resource)
  pods.set(text, pod)
  return pod
}

/** What is wrong with our verdicts on one row's pod; empty when all is right. */
function faultsOf(row: Row, wrap: (pod: Resource) => Wrapped): string[] {
  const pod = readPod(row.file)
  const { resource, prefix } = wrap(pod)
  const template = templateOf(resource)
  const version = parseKubernetesVersion(row.version) as KubernetesVersion
  const edition = editionOf(row, version)
  const failing = edition.controls.filter(control => violationsOf(control, template, version).length > 0)
  const denied = podSecurityDenials(template, row.level, version).map(({ check }) => check)
  return [
    ...(row.expected === 'pass'
      ? [...failing.map(({ id }) => `fails ${id}`), ...denied.map(check => `is denied for ${check}`)]
      : [
          ...(failing.some(({ id }) => id === row.control) ? [] : [`passes ${row.control}`]),
          ...(denied.length > 0 ? [] : ['is admitted']),
        ]),
    ...failing.flatMap(control => pathFaults(control, template, templateOf(pod), prefix, version)),
  ]
}

/** Paths lead back to their values, and are those inside the plain pod behind the way to the template. */
function pathFaults(
  control: Control,
  template: PodTemplate,
  plain: PodTemplate,
  prefix: string,
  version: KubernetesVersion,
): string[] {
  const found = violationsOf(control, template, version)
  const expected = violationsOf(control, plain, version).map(({ path }) => prefix + path)
  return [
    ...(JSON.stringify(found.map(({ path }) => path)) === JSON.stringify(expected)
      ? []
      : [
          `paths of ${control.id} are ${found.map(({ path }) => path).join(', ')}, not ${expected.join(', ')}`,
        ]),
    ...found
      .filter(({ path, actual }) => valueAt(template.resource, path) !== actual)
      .map(({ path }) => `${path} does not lead to its value`),
  ]
}

function violationsOf(control: Control, template: PodTemplate, version: KubernetesVersion): Violation[] {
  return control.rules.flatMap(({ rule: id, parameters }) => {
    const rule = rules.get(id)
    if (!rule) throw new Error(`no rule ${id}`)
    const key = `${id} ${JSON.stringify(parameters)}`
    let context = contexts.get(key)
    if (!context) {
      context = { parameters: resolveParameters(rule, version, parameters), lookup: noLookup } as RuleContext
      contexts.set(key, context)
    }
    return [...rule.violations(template, context)]
  })
}

const noLookup: Lookup = {
  list: () => [],
  get: () => undefined,
  derive: ({ from }) => from([]),
  deriveIn: ({ from }) => from([]),
}

function editionOf({ level }: Row, { minor }: KubernetesVersion): Edition {
  const found = editions.find(one => one.benchmark === `pss-${level}` && one.edition === `1.${minor}`)
  if (!found) throw new Error(`no edition pss-${level}@1.${minor}`)
  return found
}

function templateOf(resource: Resource): PodTemplate {
  const reading = readPodTemplate(resource)
  if (!reading.ok) throw new Error(`undecodable: ${reading.problem.path.join('.')}`)
  return reading.template
}

interface Wrapped {
  readonly resource: Resource
  /** What stands before a path inside the pod. */
  readonly prefix: string
}

function asPod(resource: Resource): Wrapped {
  return { resource, prefix: '' }
}

function inDeployment({ metadata, spec }: Resource): Wrapped {
  return {
    resource: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: metadata.name ?? '' },
      spec: { template: { metadata, spec } },
    },
    prefix: 'spec.template.',
  }
}

function inCronJob({ metadata, spec }: Resource): Wrapped {
  return {
    resource: {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: metadata.name ?? '' },
      spec: { schedule: '@daily', jobTemplate: { spec: { template: { metadata, spec } } } },
    },
    prefix: 'spec.jobTemplate.spec.template.',
  }
}
