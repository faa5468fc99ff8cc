import { expect, test } from 'vitest'
import { chooseProxy } from './proxy-choice.ts'

const choose = (server: string, environment: Record<string, string>, named?: string) =>
  chooseProxy(new URL(server), named, environment)

test('the one that the kubeconfig names counts before all', () => {
  expect(choose('https://localhost', { HTTPS_PROXY: 'http://env', NO_PROXY: '*' }, 'http://named')).toBe(
    'http://named',
  )
})

test('the environment has one for each scheme, in capitals or not, with a scheme or not', () => {
  expect(choose('https://k8s', { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:1' })).toBe('http://p:1')
  expect(choose('http://k8s', { HTTPS_PROXY: 'http://p:1', http_proxy: 'q:1' })).toBe('http://q:1')
  expect(choose('https://k8s', { HTTP_PROXY: 'http://q' })).toBeUndefined()
})

test.each([
  ['*', true],
  ['k8s.example.com', true],
  ['example.com', true],
  ['.example.com', true],
  ['*.example.com', true],
  ['ample.com', false],
  ['k8s.example.com:6443', true],
  ['k8s.example.com:443', false],
  ['other, example.com', true],
  ['.k8s.example.com', false],
  ['', false],
])('NO_PROXY=%s excepts k8s.example.com:6443: %s', (exceptions, excepted) => {
  const chosen = choose('https://k8s.example.com:6443', { HTTPS_PROXY: 'http://p', NO_PROXY: exceptions })
  expect(chosen === undefined).toBe(excepted)
})

test.each([
  ['https://10.1.2.3', '10.0.0.0/8', true],
  ['https://10.1.2.3', '10.1.2.3', true],
  ['https://10.1.2.3', '11.0.0.0/8', false],
  ['https://10.1.2.3', '10.0.0.0/99', false],
  ['https://10.1.2.3', 'fd00::/8', false],
  ['https://[fd00::1]:6443', 'fd00::/8', true],
  ['https://[fd00::1]:6443', '[fd00::1]:6443', true],
  ['https://[fd00::1]:6443', 'fd00::1', true],
  ['https://localhost:6443', '', true],
  ['https://127.1.2.3', '', true],
  ['https://[::1]', '', true],
])('%s with NO_PROXY=%s: %s', (server, exceptions, excepted) => {
  expect(choose(server, { HTTPS_PROXY: 'http://p', NO_PROXY: exceptions }) === undefined).toBe(excepted)
})
