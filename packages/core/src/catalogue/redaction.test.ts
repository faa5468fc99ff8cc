// Tests that rules say the same of resources before and after their credentials are taken out, and that nothing of these stays.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeRule } from '../engine/judge-rule.ts'
import { writeBinaryText } from '../kube/credentials/binary-text.ts'
import { hiddenFields } from '../kube/credentials/hidden-fields.ts'
import { looksRandom } from '../kube/credentials/randomness.ts'
import { redact } from '../kube/credentials/redact.ts'
import type { Resource } from '../model/resource.ts'
import type { Result } from '../model/result.ts'
import { rules } from './index.ts'

const letters = (source: string) => fc.stringMatching(new RegExp(`^${source}$`))
const mixed = letters('[A-Za-z0-9]{16,40}').filter(text => /\d/.test(text) && looksRandom(text))

/** A credential by its form, or a password that only its name tells. */
const token = fc.oneof(
  letters('AKIA[A-Z2-7]{16}'),
  letters('ghp_[A-Za-z1-9]{36}'),
  letters('xoxb-[1-9]{12}-[A-Za-z1-9]{24}'),
  letters('sk_live_[A-Za-z1-9]{24}'),
  letters('dapi[a-f1-9]{32}'),
)

/** A text with a credential in it, and the credential. */
type Planted = readonly [text: string, secret: string]
const inText = (
  secret: fc.Arbitrary<string>,
  ...wraps: ((secret: string) => string)[]
): fc.Arbitrary<Planted> =>
  fc.tuple(secret, fc.constantFrom(...wraps)).map(([text, wrap]) => [wrap(text), text])

const planted = fc.oneof(
  inText(
    token,
    text => text,
    text => `see ${text}, please`,
    text => `a: ${text}\nb: 2\n`,
    text => `{"a":"${text}"}`,
    text => `https://${text}:x-oauth-basic@github.com/a/b`,
  ),
  inText(
    mixed,
    text => `postgres://app:${text}@db:5432/app?sslmode=require`,
    text => `redis://:${text}@cache,redis://other`,
    text => `amqp://app:x@${text}@mq`,
    text => `Server=db;User Id=sa;Password=${text};Timeout=5`,
    text => `db.user=app\ndb.password=${text}\nlevel=info\n`,
    text => `db:\n  password: '${text}' # old\n`,
    text => `{"user":"app","clientSecret":"${text}"}`,
    text => `export TOKEN="${text}"; exec serve --password=${text}`,
    text => `Authorization: Bearer ${text}`,
    text => `--api-key=${text}`,
    text => `https://example.com/?token=${text}&x=1`,
    text => `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----\nafter: it\n`,
  ),
)

const meta = (more: object = {}) => ({ name: 'web', namespace: 'shop', labels: { app: 'web' }, ...more })
const workload = (container: object, annotations: object = {}): Resource => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: meta(),
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' }, annotations },
      spec: { containers: [{ name: 'web', image: 'nginx:1.27', ...container }] },
    },
  },
})
const configMap = (fields: object): Resource => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: meta(),
  ...fields,
})

/** The places where credentials are found in open sight. */
const places: Readonly<Record<string, (text: string) => Resource>> = {
  'an environment variable': text =>
    workload({
      env: [
        { name: 'A', value: 'b' },
        { name: 'URL', value: text },
      ],
    }),
  arguments: text => workload({ args: ['serve', text, '--level', 'info'] }),
  'a command': text => workload({ command: ['sh', '-c', text] }),
  'an annotation': text => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', annotations: { note: text } },
  }),
  'an annotation of pods': text => workload({}, { note: text }),
  'a ConfigMap': text => configMap({ data: { 'app.conf': text, other: 'a' } }),
  'binary data': text => configMap({ binaryData: { 'app.conf': writeBinaryText(text) } }),
  'a foreign object': text => ({
    apiVersion: 'example.com/v1',
    kind: 'Release',
    metadata: meta(),
    spec: { values: [{ a: text }] },
  }),
  'a header of a probe': text =>
    workload({ livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'X-Auth', value: text }] } } }),
}

const byName: Readonly<Record<string, (secret: string) => Resource>> = {
  'an environment variable': secret => workload({ env: [{ name: 'DB_PASSWORD', value: secret }] }),
  'the word after a flag': secret => workload({ args: ['--password', secret] }),
  'a ConfigMap': secret => configMap({ data: { 'db.password': secret } }),
  'a label': secret => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta({ labels: { password: secret } }),
  }),
  'an annotation': secret => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta({ annotations: { password: secret } }),
  }),
  'a foreign object': secret => ({
    apiVersion: 'example.com/v1',
    kind: 'Release',
    metadata: meta(),
    spec: { password: secret },
  }),
}

const seen = ({ rule, outcome, reason, discriminator, evidence }: Result) => ({
  rule,
  outcome,
  reason,
  discriminator,
  evidence,
})
const verdictsOn = (resource: Resource, of = rules) =>
  of.flatMap(rule => judgeRule(rule, structuredClone(resource)).map(seen))
/** What shows other texts as they stand is not asked to hide its evidence. */
const untold = (results: ReturnType<typeof verdictsOn>) =>
  results.map(one =>
    one.rule.startsWith('credentials-in-') ? one : { ...one, evidence: one.evidence.map(({ path }) => path) },
  )

function expectClean(resource: Resource, secret: string): void {
  const before = structuredClone(resource)
  const redacted = redact(resource)
  expect(resource).toEqual(before)
  const written = JSON.stringify(redacted) + JSON.stringify(Object.values(binariesOf(redacted)))
  for (let i = 0; i + 8 <= secret.length; i++) expect(written).not.toContain(secret.slice(i, i + 8))
  expect(redact(redacted)).toBe(redacted)
  expect(untold(verdictsOn(redacted))).toEqual(untold(verdictsOn(resource)))
}

function binariesOf({ binaryData = {} }: Resource): readonly string[] {
  return Object.values(binaryData as Record<string, string>).map(value => atob(value))
}

describe('a credential is taken out, and told of as before', () => {
  it.each(Object.entries(places))('in %s', (_, place) => {
    fc.assert(
      fc.property(planted, ([text, secret]) => expectClean(place(text), secret)),
      { seed: 5, numRuns: 40 },
    )
  })

  it.each(Object.entries(byName))('by its name, in %s', (_, place) => {
    fc.assert(
      fc.property(mixed, secret => expectClean(place(secret), secret)),
      { seed: 6, numRuns: 15 },
    )
  })

  it('where several stand in one text, more than are told', () => {
    fc.assert(
      fc.property(
        fc.array(planted, { minLength: 2, maxLength: 40 }),
        fc.constantFrom('\n', ' ', ';', '\n# '),
        (all, joint) => {
          const resource = configMap({ data: { 'app.conf': all.map(([text]) => text).join(joint) } })
          const redacted = redact(resource)
          const own = rules.filter(({ id }) => id === 'credentials-in-configmap')
          expect(verdictsOn(redacted, own)).toEqual(verdictsOn(resource, own))
          for (const [, secret] of all) expect(JSON.stringify(redacted)).not.toContain(secret)
        },
      ),
      { seed: 7, numRuns: 150 },
    )
  })

  it('whatever texts stand around it', () => {
    const noise = fc.constantFrom(
      'password',
      '=',
      ':',
      '"',
      "'",
      ' ',
      '\n',
      '@',
      '://',
      'a',
      'token',
      '{',
      '_',
      '-',
      '.',
      '#',
    )
    const text = fc.array(fc.oneof({ weight: 3, arbitrary: noise }, { weight: 1, arbitrary: token }), {
      maxLength: 14,
    })
    fc.assert(
      fc.property(text, parts => {
        const resource = configMap({ data: { 'app.conf': parts.join('') } })
        const own = rules.filter(({ id }) => id === 'credentials-in-configmap')
        expect(verdictsOn(redact(resource), own)).toEqual(verdictsOn(resource, own))
      }),
      { seed: 8, numRuns: 2000 },
    )
  })
})

const key = `ghp_${'a1B2'.repeat(9)}`

describe('a credential in a field that rules read', () => {
  const image = workload({ image: `registry.example.com/${key}` })

  it('is taken out too, and no rule passes what was there', () => {
    const redacted = redact(image)
    expect(JSON.stringify(redacted)).not.toContain(key)
    expect(hiddenFields(redacted)).toEqual(['spec.template.spec.containers[0].image'])
    const outcomes = new Map(verdictsOn(redacted).map(({ rule, outcome }) => [rule, outcome]))
    expect(outcomes.get('image-latest-tag')).toBe('not-evaluated')
    expect(outcomes.get('privileged-container')).toBe('not-evaluated')
    // What was seen elsewhere was seen.
    expect(outcomes.get('memory-limits')).toBe('fail')
    expect(outcomes.get('credentials-in-env')).toBe('pass')
  })

  it.each([
    ['a node selector', { nodeSelector: { zone: key } }],
    ['a toleration', { tolerations: [{ key: 'a', value: key }] }],
  ])('such as %s, turns no failure into a pass', (_, fields) => {
    const pod: Resource = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: meta(),
      spec: { containers: [{ name: 'web', securityContext: { privileged: true } }], ...fields },
    }
    const before = verdictsOn(pod).filter(({ outcome }) => outcome === 'fail')
    const after = new Map(
      verdictsOn(redact(pod)).map(one => [`${one.rule} ${one.discriminator}`, one.outcome]),
    )
    for (const { rule, discriminator } of before)
      expect(after.get(`${rule} ${discriminator}`)).toMatch(/^(?:fail|not-evaluated)$/)
    expect(after.get('privileged-container web')).toBe('fail')
  })

  it('hides a selector from whoever looks it up', () => {
    const policy = redact({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: meta(),
      spec: { podSelector: { matchLabels: { app: key } } },
    })
    const rule = rules.find(({ id }) => id === 'pod-ingress-isolation')
    const [result] = rule ? judgeRule(rule, workload({}), { with: [policy] }) : []
    expect(result).toMatchObject({
      outcome: 'not-evaluated',
      gap: { reason: 'redacted', kind: 'NetworkPolicy' },
    })
  })

  it('is not hidden by whoever only lists it', () => {
    const pod = {
      ...workload({ securityContext: { privileged: true } }),
      redacted: { fields: ['spec.template.spec.containers[0].securityContext.privileged', 'not a [path'] },
    }
    expect(hiddenFields(pod)).toEqual([])
    expect(verdictsOn(pod)).toEqual(verdictsOn(workload({ securityContext: { privileged: true } })))
  })
})

describe('what stays', () => {
  it.each<[string, Resource]>([
    [
      'a resource without credentials',
      workload({ args: ['--level=info'], env: [{ name: 'A', value: 'b' }] }),
    ],
    [
      'settings that Kubernetes knows',
      workload({}, { 'container.apparmor.security.beta.kubernetes.io/db-password': 'unconfined' }),
    ],
    [
      'placeholders and references',
      workload({
        env: [
          { name: 'PASSWORD', value: '$(OTHER)' },
          { name: 'TOKEN', value: 'vault:a/b' },
        ],
      }),
    ],
    [
      'metadata of any form',
      { apiVersion: 'v1', kind: 'Pod', metadata: { labels: 5, annotations: [null] } as object },
    ],
    [
      'nothing of any form',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: {}, data: null, binaryData: 'x', a: [null, 1, true] },
    ],
  ])('%s', (_, resource) => {
    expect(redact(resource)).toBe(resource)
  })

  it('keeps keys, names and whatever stands around', () => {
    expect(redact(workload({ env: [{ name: 'URL', value: 'postgres://app:hunter2@db/app' }] }))).toEqual(
      workload({
        env: [
          {
            name: 'URL',
            value: 'postgres://app:PLIMSOLL-REDACTED.form.token.7.password_20_in_20_a_20_URL_.@db/app',
          },
        ],
      }),
    )
  })

  it('takes the values of Secrets and copies of objects, too, and leaves what it was given', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', managedFields: [], annotations: { 'kapp.k14s.io/original': 'x', a: 'b' } },
      data: { a: 'aHVudGVyMg==' },
    } as unknown as Resource
    const before = structuredClone(secret)
    expect(redact(secret)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', annotations: { a: 'b' } },
      redacted: { data: { a: 12 } },
    })
    expect(secret).toEqual(before)
  })
})
