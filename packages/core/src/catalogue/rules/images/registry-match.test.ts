// Tests of the match between an image and a list of registries.

import { expect, test } from 'vitest'
import { registryMatcher } from './registry-match.ts'

const isFrom = (image: string, ...registries: string[]) => registryMatcher(registries)(image)

test.each([
  ['nginx', 'docker.io', true],
  ['nginx', 'docker.io/library', true],
  ['nginx', 'docker.io/library/nginx', true],
  ['nginx', 'docker.io/library/nginx/more', false],
  ['nginx', 'docker.io/lib', false],
  ['grafana/grafana', 'docker.io/library', false],
  ['a.example/x/y', 'a.example/', true],
  ['a.example/x/y', 'a.example/x/', true],
  ['a.example/x/y', 'A.Example', true],
  ['a.example/x/y', 'a.example/X', true],
  ['a.example/x/y', 'b.a.example', false],
  ['a.example/x/y', 'example', false],
  ['a.example:5000/x', 'a.example', false],
  ['a.example:5000/x', 'a.example:5000', true],
  ['a.example:5000/x', 'a.example:*', true],
  ['1.dkr.ecr.eu-west-1.amazonaws.com/x', '*.dkr.ecr.*.amazonaws.com', true],
  ['1.dkr.ecr.eu-west-1.amazonaws.com.evil.example/x', '*.dkr.ecr.*.amazonaws.com', false],
  ['a.example/x', '*.example', true],
  ['a.example/x', '*a.example*', true],
  ['ab.example/x', 'a*ab.example', false],
  ['a.example/team-1/app', 'a.example/team-*', true],
  ['grafana/grafana:11', '*.io', true],
  ['nginx:1.27', 'docker.*/l*rary', true],
  ['index.docker.io/nginx', 'docker.io', true],
  ['Docker.io/nginx', 'docker.io', true],
  ['a.example/x', 'a.exampl.', false],
  ['axexample/x', 'a.example', false],
  ['a.example/x', 'b|a.example', false],
  [`${'a.'.repeat(400)}example/x`, '*.example', false],
  ['a.example/x', '', false],
  ['a.example/x', '/', false],
  ['a.example/x', '//a.example', false],
  ['a.example/X', 'a.example', false],
])('%s from %j: %j', (image, registry, expected) => {
  expect(isFrom(image, registry)).toBe(expected)
})

test('one of several is enough, none is not', () => {
  expect(isFrom('a.example/x', 'b.example', 'a.example')).toBe(true)
  expect(isFrom('a.example/x')).toBe(false)
})
