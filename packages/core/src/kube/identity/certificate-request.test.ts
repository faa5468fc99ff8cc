import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestFor } from '../../samples/certificate-requests.ts'
import { decodeBase64 } from './base64.ts'
import { subjectOfRequest } from './certificate-request.ts'

describe('the subject of a certificate request', () => {
  it.each([
    ['a person of two groups', requestFor.jane, { user: 'jane', groups: ['developers', 'ops'] }],
    ['a node', requestFor.node, { user: 'system:node:n1', groups: ['system:nodes'] }],
    [
      'letters outside ASCII, and other parts of a name',
      requestFor.master,
      { user: 'jürgen', groups: ['system:masters'] },
    ],
  ])('%s', (_, request, expected) => {
    expect(subjectOfRequest(request)).toEqual(expected)
  })

  const encode = (text: string) => Buffer.from(text, 'latin1').toString('base64')
  const pem = Buffer.from(requestFor.jane, 'base64').toString('latin1')
  const body = pem.replaceAll(/-----[^-]+-----|\s/g, '')
  const wrapped = (der: Buffer) =>
    encode(
      `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`,
    )

  it('may be wrapped in the older words', () => {
    expect(
      subjectOfRequest(encode(pem.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST')))?.user,
    ).toBe('jane')
  })

  it.each([
    '',
    '!',
    encode('no request'),
    encode('-----BEGIN CERTIFICATE REQUEST-----\n!!\n-----END'),
    requestFor.jane.slice(0, 40),
  ])('is none in %j', request => {
    expect(subjectOfRequest(request)).toBeUndefined()
  })

  it('is never read past the end, however the request is cut or changed', () => {
    const der = Buffer.from(body, 'base64')
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), fc.nat(der.length), (at, value, length) => {
        const changed = Buffer.from(der)
        changed[at] = value
        const found = subjectOfRequest(wrapped(changed.subarray(0, length)))
        expect(found === undefined || typeof found.user === 'string').toBe(true)
      }),
      { seed: 5, numRuns: 500 },
    )
  })
})

describe('Base64', () => {
  it('is read as Node reads it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        expect([...(decodeBase64(Buffer.from(bytes).toString('base64')) ?? [])]).toEqual([...bytes])
      }),
      { seed: 3 },
    )
  })

  it.each(['a', '=', 'ab=c', 'a*bc'])('%j is none', text => {
    const isEmpty = text.replaceAll('=', '') === ''
    expect(decodeBase64(text)?.length).toBe(isEmpty ? 0 : undefined)
  })
})
