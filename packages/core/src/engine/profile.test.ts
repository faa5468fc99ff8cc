import { describe, expect, it } from 'vitest'
import { parseProfile } from './profile.ts'
import { control, edition, ruleThat } from './testing/assessing.ts'

const description = 'A parameter.'
const rules = [
  ruleThat('image-registry', () => [], {
    aliases: ['trusted-registry'],
    parameters: {
      allowed: { type: 'string[]', default: [], description },
      limit: { type: 'number', default: 1, description },
    },
  }),
  ruleThat('privileged-container', () => []),
]
const editions = [edition(control('1.1', []), control('1.2', []))]
const parse = (value: unknown) => parseProfile(value, rules, editions)
const messages = (value: unknown) => {
  const attempt = parse(value)
  return attempt.ok ? [] : attempt.problems.map(({ code, message }) => `${code}: ${message}`)
}

describe('parseProfile', () => {
  it('reads settings, aliases and controls', () => {
    expect(
      parse({
        name: 'payments',
        rules: {
          'trusted-registry': { parameters: { allowed: ['registry.example.com'], limit: 2 } },
          'privileged-container': { enabled: false, reason: 'admission denies it' },
        },
        controls: { 'test/1.1': { enabled: false, reason: 'met by the platform' } },
      }),
    ).toEqual({
      ok: true,
      value: {
        name: 'payments',
        rules: {
          'image-registry': { parameters: { allowed: ['registry.example.com'], limit: 2 } },
          'privileged-container': { enabled: false, reason: 'admission denies it' },
        },
        controls: { 'test/1.1': { enabled: false, reason: 'met by the platform' } },
      },
    })
    expect(parse({})).toEqual({ ok: true, value: { name: 'unnamed', rules: {}, controls: {} } })
  })

  it.each([
    [null, ['invalid-profile: must be a map of fields, not nothing']],
    [[], ['invalid-profile: must be a map of fields, not an empty list']],
    [{ rule: {} }, ['invalid-profile: unknown field "rule"; did you mean rules?']],
    [{ name: 5 }, ['invalid-profile: name: must be a text, not 5']],
    [
      { rules: { 'privleged-container': { enabled: true } } },
      [
        'unknown-id: rules.privleged-container: unknown rule "privleged-container"; did you mean privileged-container?',
      ],
    ],
    [
      { rules: { 'image-registry': {}, 'trusted-registry': {} } },
      ['invalid-profile: rules.trusted-registry: is the same rule as image-registry, given twice'],
    ],
    [
      { rules: { 'privileged-container': { enabled: false } } },
      ['invalid-profile: rules.privileged-container.reason: is required'],
    ],
    [
      { rules: { 'privileged-container': { enabled: 'no' } } },
      ['invalid-profile: rules.privileged-container.enabled: must be true or false'],
    ],
    [
      { rules: { 'image-registry': { parameters: { allow: [], limit: '2' } } } },
      [
        'unknown-id: rules.image-registry.parameters.allow: unknown parameter "allow"; did you mean allowed?',
        'invalid-profile: rules.image-registry.parameters.limit: must be a number',
      ],
    ],
    [
      { controls: { 'test/1.3': { enabled: false, reason: 'x' } } },
      ['unknown-id: controls.test/1.3: unknown control "test/1.3"; did you mean test/1.1 or test/1.2?'],
    ],
    [
      { controls: { 'test@1.0/1.2': { enabled: true, reason: '' } } },
      [
        'invalid-profile: controls.test@1.0/1.2.enabled: must be false: controls are on unless left out',
        'invalid-profile: controls.test@1.0/1.2.reason: must be a text, not ""',
      ],
    ],
  ])('refuses %j', (value, expected) => {
    expect(messages(value)).toEqual(expected)
  })
})
