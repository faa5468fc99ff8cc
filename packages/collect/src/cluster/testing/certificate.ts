// Certificate: makes X.509 certificates for servers under test, so that no key need lie in the repository.

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export interface TestCertificate {
  readonly certificate: string
  readonly key: string
}

interface Wanted {
  /** DNS names and IPv4 addresses that it is for. */
  readonly names: readonly string[]
  readonly notAfter?: Date
}

/** A certificate signed by its own key. */
export function selfSigned({ names, notAfter = new Date('2045-01-01') }: Wanted): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(oid(2, 5, 4, 3), utf8(names[0] ?? ''))))
  const algorithm = sequence(oid(1, 2, 840, 10045, 4, 3, 2))
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    algorithm,
    name,
    sequence(time(new Date('2020-01-01')), time(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternativeNames(names), basicConstraints)),
  )
  const signature = sign('sha256', body, privateKey)
  return { certificate: pem(sequence(body, algorithm, bits(signature))), key: keyPem(privateKey) }
}

const keyPem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trim()}\n-----END CERTIFICATE-----\n`

// DER, as far as certificates need it (ITU-T X.690).

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts)
const set = (...parts: readonly Buffer[]): Buffer => tagged(0x31, ...parts)
const integer = (value: number): Buffer => tagged(2, Buffer.from([value]))
const utf8 = (text: string): Buffer => tagged(12, Buffer.from(text))
const octets = (content: Buffer): Buffer => tagged(4, content)
const bits = (content: Buffer): Buffer => tagged(3, Buffer.from([0]), content)

function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  const bytes = [40 * first + second]
  for (const value of rest) {
    const groups = [value & 127]
    for (let left = value >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128)
    bytes.push(...groups)
  }
  return tagged(6, Buffer.from(bytes))
}

/** GeneralizedTime, which has room for years after 2049. */
const time = (date: Date): Buffer =>
  tagged(24, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`))

function alternativeNames(names: readonly string[]): Buffer {
  const entries = names.map(name =>
    /^\d+(\.\d+){3}$/.test(name)
      ? tagged(0x87, Buffer.from(name.split('.').map(Number)))
      : tagged(0x82, Buffer.from(name)),
  )
  return sequence(oid(2, 5, 29, 17), octets(sequence(...entries)))
}

/** It may sign: clients take it as its own authority. */
const basicConstraints = sequence(oid(2, 5, 29, 19), octets(sequence(tagged(1, Buffer.from([255])))))
