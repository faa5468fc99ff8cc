// Fake kit: a machine and collectors for tests of commands, with what was said and written at hand.

import { noSources } from '@plimsoll/collect'
import type { Edition, Gap, Problem, Resource, Rule, Snapshot } from '@plimsoll/core'
import { defineRule } from '@plimsoll/core'
import type { Catalogue, Collectors, Kit, Server } from '../kit.ts'

export interface FakeKit extends Kit {
  readonly written: () => string
  readonly said: string[]
  /** The requests that the collectors were given. */
  readonly asked: unknown[]
}

export interface FakeWorld {
  readonly resources?: readonly Resource[]
  readonly gaps?: readonly Gap[]
  readonly problems?: readonly Problem[]
  readonly kubernetesVersion?: string
  readonly catalogue?: Catalogue
  readonly collectors?: Partial<Collectors>
  readonly workingDirectory?: string
  readonly server?: Partial<Server>
  readonly environment?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** What a person types, where one sits at the terminal. */
  readonly typed?: string
}

export const pod = (name: string, spec: Readonly<Record<string, unknown>> = {}): Resource => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
  spec: { containers: [{ name: 'app', image: 'a:1' }], ...spec },
})

const hostFlag = (
  id: string,
  field: 'hostPID' | 'hostIPC',
  severity: Rule['severity'],
  own: Partial<Rule> = {},
): Rule => ({
  ...defineRule({
    id,
    title: `No pod sets ${field}`,
    severity,
    subject: 'PodTemplate',
    rationale: 'It opens the node.',
    remediation: `Leave ${field} unset.`,
    parameters: {
      level: { type: 'number', default: 1, description: 'A number.' },
      names: { type: 'string[]', default: [], description: 'A list.' },
      strict: { type: 'boolean', default: false, description: 'A flag.' },
      version: { type: 'kubernetes-version', default: 'cluster', description: 'A version.' },
    },
    *violations(subject) {
      if (subject.spec[field] === true)
        yield { path: `${subject.path}.${field}`, actual: true, expected: 'unset or false' }
    },
    examples: { fail: { set: { given: pod('a', { [field]: true }) } }, pass: { unset: { given: pod('a') } } },
  }),
  ...own,
})

const edition = (benchmark: string, name: string, rule: string): Edition => ({
  benchmark,
  edition: name,
  title: `${benchmark} ${name}`,
  source: 'a test',
  sections: [{ id: 'pods', title: 'Pods' }],
  controls: [
    {
      id: 'host',
      section: 'pods',
      title: 'Nothing of the host',
      automated: true,
      severity: 'high',
      rules: [{ rule }],
    },
  ],
})

export const catalogue: Catalogue = {
  rules: [
    hostFlag('host-pid', 'hostPID', 'high', { aliases: ['pid-of-host'] }),
    hostFlag('host-ipc', 'hostIPC', 'medium'),
    hostFlag('host-quiet', 'hostIPC', 'low', { defaultEnabled: false }),
  ],
  editions: [
    ...['1.9', '1.10', '1.34'].map(name => edition('pss-baseline', name, 'host-pid')),
    edition('pss-restricted', '1.34', 'host-ipc'),
    edition('custom', '1', 'host-quiet'),
    edition('custom', '2', 'host-quiet'),
  ],
}

export function fakeKit(world: FakeWorld = {}): FakeKit {
  const { resources = [pod('web', { hostPID: true })], gaps = [], problems = [], kubernetesVersion } = world
  let text = ''
  const said: string[] = []
  const asked: unknown[] = []
  const snapshot: Snapshot = {
    scope: {
      type: 'files',
      id: 'files',
      name: 'shop',
      ...(kubernetesVersion !== undefined && { kubernetesVersion }),
    },
    collector: { name: 'plimsoll', version: '0.0.0' },
    takenAt: '2026-02-03T04:05:06.000Z',
    resources: resources.map((resource, document) => ({
      resource,
      source: { file: 'shop.yaml', document, line: 1 + 10 * document },
    })),
    gaps,
  }
  const tally = {
    files: 1,
    otherFiles: 0,
    excluded: 0,
    unusedExcludes: [],
    documents: 1,
    notKubernetes: 0,
    rendered: 0,
  }
  const collectors = {
    collectFiles: async request => {
      asked.push(request)
      return { snapshot, sources: noSources, problems, notes: [], tally }
    },
    collectCluster: async request => {
      asked.push(request)
      return { ok: true, value: { snapshot, cost: { requests: 1, bytes: 1 } } }
    },
    findTools: () => ({ helm: { missing: 'none' }, kubectl: { missing: 'none' } }),
    kindsReadBy: () => new Map([['Pod', ['host-pid']]]),
    ...world.collectors,
  } as Partial<Collectors> as Collectors
  return {
    written: () => text,
    said,
    asked,
    tool: { name: 'plimsoll', version: '0.0.0' },
    loadCatalogue: async () => world.catalogue ?? catalogue,
    loadCollectors: async () => collectors,
    loadServer: async () => (world.server ?? {}) as Server,
    host: {
      environment: world.environment ?? {},
      workingDirectory: world.workingDirectory ?? '/',
      stdin: (async function* () {
        if (world.typed !== undefined) yield Buffer.from(world.typed)
      })(),
      stdinIsTerminal: world.typed !== undefined,
      out: {
        write: async more => {
          text += more
          return true
        },
        finish: async () => {},
        abandon() {},
      },
      err: more => void said.push(more),
      width: 100,
      now: () => new Date('2026-02-03T04:05:06.000Z'),
      signal: world.signal ?? new AbortController().signal,
      endsInOrder() {},
      voice: ({ quiet, verbose }) => ({
        paint: (_, piece) => piece,
        problem: line => void said.push(`error: ${line}`),
        note: line => void (quiet || said.push(`note: ${line}`)),
        detail: line => void (verbose && said.push(line)),
        status: { show() {}, clear() {} },
      }),
    },
  }
}
