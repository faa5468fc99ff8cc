// Tests of host paths: one place written in several ways, and what a mount of one place gives access to.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exposesPath, isWithin, normalizeHostPath } from './host-path.ts'

test.each([
  ['/', '/'],
  ['//', '/'],
  ['', '/'],
  ['/etc/', '/etc'],
  ['//etc//kubernetes/', '/etc/kubernetes'],
  ['/etc/../root/./.ssh', '/root/.ssh'],
  ['/../..', '/'],
  ['etc', '/etc'],
  ['/var/run', '/run'],
  ['/var/run/docker.sock', '/run/docker.sock'],
  ['/var/run/../run/docker.sock', '/run/docker.sock'],
  ['/var/running', '/var/running'],
  ['/var/lib/docker', '/var/lib/docker'],
  ['/lib/modules', '/usr/lib/modules'],
  ['/library', '/library'],
  ['/bin', '/usr/bin'],
  ['C:\\', 'c:'],
  ['C:', 'c:'],
  ['C:\\ProgramData\\docker\\', 'c:/programdata/docker'],
  ['c:/ProgramData/../Windows', 'c:/windows'],
  ['\\\\.\\pipe\\docker_engine', '//./pipe/docker_engine'],
  ['//./pipe/Docker_Engine', '//./pipe/docker_engine'],
  ['//./run/docker.sock', '/run/docker.sock'],
  ['//./pipe/../run/docker.sock', '/run/docker.sock'],
  ['/C:/x', '/C:/x'],
])('%j is %j', (path, expected) => {
  expect(normalizeHostPath(path)).toBe(expected)
})

describe('what a mount exposes', () => {
  test.each([
    ['/', '/run/docker.sock', true],
    ['/run', '/run/docker.sock', true],
    ['/run/docker.sock', '/run/docker.sock', true],
    ['/run/docker.sock.d', '/run/docker.sock', false],
    ['/run/docker', '/run/docker.sock', false],
    ['/run/containerd', '/run/docker.sock', false],
    ['/run/user/1000', '/run/user/*/docker.sock', true],
    ['/run/user', '/run/user/*/docker.sock', true],
    ['/run/user/1000/podman', '/run/user/*/docker.sock', false],
    ['/dev/sda1', '/dev/sd*', true],
    ['/dev/sd', '/dev/sd*', true],
    ['/dev/*', '/dev/sda', false],
    ['/', 'c:/windows', false],
    ['/', '//./pipe/docker_engine', false],
    ['c:', 'c:/windows', true],
    ['//./pipe/docker_engine', '//./pipe/docker_engine', true],
  ])('%j and %j: %j', (mounted, target, expected) => {
    expect(exposesPath(mounted, target)).toBe(expected)
  })
})

describe('what lies within a directory', () => {
  test.each([
    ['/etc/kubernetes/pki', '/etc', true],
    ['/etc', '/etc', true],
    ['/etcd', '/etc', false],
    ['/', '/etc', false],
    ['/home/anna/.aws/config', '/home/*/.aws', true],
    ['/home/.aws', '/home/*/.aws', false],
    ['c:/windows/system32', 'c:/windows', true],
    ['/c:/windows', 'c:/windows', false],
  ])('%j in %j: %j', (path, directory, expected) => {
    expect(isWithin(path, directory)).toBe(expected)
  })
})

const path = fc
  .array(fc.constantFrom('a', 'run', 'var', 'lib', '..', '.', '', 'C:'), { maxLength: 6 })
  .map(parts => `/${parts.join('/')}`)

describe('properties', () => {
  test('a normal form is its own normal form', () => {
    fc.assert(
      fc.property(path, one => {
        const normal = normalizeHostPath(one)
        expect(normalizeHostPath(normal)).toBe(normal)
        if (normal !== '/') expect(normal).not.toMatch(/\/(?:\.{0,2})(?:\/|$)/)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  test('exposing and lying within are the same relation seen from both ends', () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        const [one, other] = [normalizeHostPath(a), normalizeHostPath(b)]
        expect(exposesPath(one, other)).toBe(isWithin(other, one))
      }),
      { seed: 2, numRuns: 500 },
    )
  })

  test('long paths are compared like any other', () => {
    const long = normalizeHostPath(`/run/user${'/a'.repeat(100_000)}/../docker.sock/`)
    expect(isWithin(long, '/run/user/*')).toBe(true)
    expect(exposesPath(long, '/run/user/*/docker.sock')).toBe(false)
    expect(exposesPath('/', long)).toBe(true)
    expect(normalizeHostPath('/a/..'.repeat(100_000))).toBe('/')
  })
})
