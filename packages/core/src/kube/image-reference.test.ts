// Tests of the image reference reader: known references, refused ones, and properties over generated names.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  effectiveTag,
  formatImageReference,
  type ImageReference,
  parseImageReference,
} from './image-reference.ts'

const sha256 = `sha256:${'0123456789abcdef'.repeat(4)}`

function read(text: string): ImageReference {
  const reading = parseImageReference(text)
  if (!reading.ok) throw new Error(`${text}: ${reading.problem}`)
  return reading.image
}

const problemOf = (text: string) => {
  const reading = parseImageReference(text)
  return reading.ok ? undefined : reading.problem
}

describe('sound references', () => {
  test.each<[string, ImageReference]>([
    ['nginx', { registry: 'docker.io', repository: 'library/nginx' }],
    ['nginx:1.25', { registry: 'docker.io', repository: 'library/nginx', tag: '1.25' }],
    ['docker.io/nginx', { registry: 'docker.io', repository: 'library/nginx' }],
    ['index.docker.io/library/nginx', { registry: 'docker.io', repository: 'library/nginx' }],
    ['grafana/grafana:11', { registry: 'docker.io', repository: 'grafana/grafana', tag: '11' }],
    ['registry.k8s.io/pause:3.9', { registry: 'registry.k8s.io', repository: 'pause', tag: '3.9' }],
    ['localhost/app', { registry: 'localhost', repository: 'app' }],
    ['localhost:5000/team/app', { registry: 'localhost:5000', repository: 'team/app' }],
    ['registry:5000/app', { registry: 'registry:5000', repository: 'app' }],
    ['registry:5000', { registry: 'docker.io', repository: 'library/registry', tag: '5000' }],
    ['Registry/app', { registry: 'Registry', repository: 'app' }],
    ['[2001:db8::1]:5000/app', { registry: '[2001:db8::1]:5000', repository: 'app' }],
    ['a.b/c_d/e__f/g--h.i', { registry: 'a.b', repository: 'c_d/e__f/g--h.i' }],
    ['my_host.example/app', { registry: 'my_host.example', repository: 'app' }],
    [`nginx@${sha256}`, { registry: 'docker.io', repository: 'library/nginx', digest: sha256 }],
    [
      `nginx:1.25@${sha256}`,
      { registry: 'docker.io', repository: 'library/nginx', tag: '1.25', digest: sha256 },
    ],
    [
      `a.b/c@sha512:${'a'.repeat(128)}`,
      { registry: 'a.b', repository: 'c', digest: `sha512:${'a'.repeat(128)}` },
    ],
    [`app:${'t'.repeat(128)}`, { registry: 'docker.io', repository: 'library/app', tag: 't'.repeat(128) }],
    ['app:_Release-1.0', { registry: 'docker.io', repository: 'library/app', tag: '_Release-1.0' }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })
})

describe('refused texts', () => {
  test.each([
    ['', 'empty'],
    ['Nginx', 'upper-case letters in the repository'],
    ['registry.example.com/Team/app:1', 'upper-case letters in the repository'],
    ['a'.repeat(64), 'a bare image id'],
    [`a.b/${'x'.repeat(256)}`, 'longer than 255 characters'],
    ['x'.repeat(248), 'longer than 255 characters'],
    ['nginx@sha256:abc', 'a malformed digest'],
    [`nginx@sha256:${'A'.repeat(64)}`, 'a malformed digest'],
    [`nginx@sha256:${'a'.repeat(65)}`, 'a malformed digest'],
    [`nginx@md5:${'a'.repeat(32)}`, 'a malformed digest'],
    [`nginx@SHA256:${'a'.repeat(64)}`, 'a malformed digest'],
    [`nginx@${'a'.repeat(64)}`, 'a malformed digest'],
    ['nginx@', 'a malformed digest'],
    ['nginx:', 'not in the form of an image reference'],
    ['nginx:-1', 'not in the form of an image reference'],
    [`nginx:${'t'.repeat(129)}`, 'not in the form of an image reference'],
    ['nginx:1:2', 'not in the form of an image reference'],
    ['nginx ', 'not in the form of an image reference'],
    [' nginx', 'not in the form of an image reference'],
    ['nginx\n', 'not in the form of an image reference'],
    ['/nginx', 'not in the form of an image reference'],
    ['nginx/', 'not in the form of an image reference'],
    ['a//b', 'not in the form of an image reference'],
    ['a..b', 'not in the form of an image reference'],
    ['a___b', 'not in the form of an image reference'],
    ['-a', 'not in the form of an image reference'],
    ['https://registry.example.com/app', 'not in the form of an image reference'],
    ['my_host:5000/app', 'not in the form of an image reference'],
    ['-host.example/app', 'not in the form of an image reference'],
    ['$(REGISTRY)/app', 'not in the form of an image reference'],
    ['{{ .Values.image }}', 'not in the form of an image reference'],
    ['[::1%25eth0]/app', 'not in the form of an image reference'],
  ])('%j', (text, problem) => {
    expect(problemOf(text)).toBe(problem)
  })
})

test('latest is pulled only where neither tag nor digest is written', () => {
  expect(effectiveTag(read('nginx'))).toBe('latest')
  expect(effectiveTag(read('nginx:1.25'))).toBe('1.25')
  expect(effectiveTag(read(`nginx@${sha256}`))).toBeUndefined()
  expect(effectiveTag(read(`nginx:latest@${sha256}`))).toBe('latest')
})

const component = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9]{1,8}$/),
    fc.array(
      fc.tuple(fc.constantFrom('.', '_', '__', '-', '--', '---'), fc.stringMatching(/^[a-z0-9]{1,6}$/)),
      { maxLength: 3 },
    ),
  )
  .map(([head, tail]) => head + tail.map(([separator, part]) => separator + part).join(''))
const registry = fc.oneof(
  fc.constantFrom('docker.io', 'localhost', 'localhost:5000', '[::1]:443', '10.0.0.7', 'HOST'),
  fc
    .tuple(
      fc.array(fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?$/), { minLength: 2, maxLength: 4 }),
      fc.option(fc.integer({ min: 0, max: 99_999 })),
    )
    .map(([labels, port]) => labels.join('.') + (port === null ? '' : `:${port}`)),
)
const reference = fc
  .record(
    {
      registry,
      repository: fc.array(component, { minLength: 2, maxLength: 4 }).map(parts => parts.join('/')),
      tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/),
      digest: fc.stringMatching(/^[a-f0-9]{64}$/).map(hex => `sha256:${hex}`),
    },
    { requiredKeys: ['registry', 'repository'] },
  )
  .filter(one => one.repository.length <= 255)

describe('properties', () => {
  test('what is written in full is read back', () => {
    fc.assert(
      fc.property(reference, one => {
        expect(read(formatImageReference(one))).toEqual(one)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  test('any text that is read is written and read back to the same', () => {
    const pieces = fc.constantFrom(
      ...[
        'a',
        'b1',
        'Foo',
        '.',
        ':',
        '/',
        '@',
        '-',
        '_',
        '__',
        ' ',
        'localhost',
        'docker.io/',
        'index.docker.io/',
      ],
      ...[sha256, `@${sha256}`, ':latest', ':5000/', '[::1]', 'é', '\n', 'x'.repeat(200)],
    )
    let readable = 0
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), parts => {
        const reading = parseImageReference(parts.join(''))
        if (!reading.ok) return
        readable++
        expect(read(formatImageReference(reading.image))).toEqual(reading.image)
      }),
      { seed: 2, numRuns: 5000 },
    )
    expect(readable).toBeGreaterThan(300)
  })

  test('a digest of any other length is refused', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-f0-9]{0,140}$/), hex => {
        fc.pre(hex.length !== 64)
        expect(problemOf(`nginx@sha256:${hex}`)).toBe('a malformed digest')
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  test('long hostile texts are refused', () => {
    const long = 200_000
    const hostile = [
      'a-'.repeat(long),
      '_'.repeat(long),
      `${'a'.repeat(long)}/b`,
      `${'a.'.repeat(long)}/b`,
      `${'a-'.repeat(long)}.b/c`,
      `x.y/${'a__'.repeat(long)}`,
    ]
    for (const text of hostile) expect(parseImageReference(text).ok).toBe(false)
  })
})
