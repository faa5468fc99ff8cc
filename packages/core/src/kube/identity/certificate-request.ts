// Certificate request: for whom a client certificate is asked, out of the request that a CertificateSigningRequest carries.
//
// Sources: RFC 2986 (PKCS #10), RFC 5280 (names), ITU-T X.690 (DER); Kubernetes certificates.k8s.io/v1 (spec.request is PEM in Base64).

import { decodeBase64 } from './base64.ts'

/** For whom: Kubernetes takes the common name as the user and the organizations as its groups. */
export interface CertificateSubject {
  readonly user: string
  readonly groups: readonly string[]
}

/** A subject in words: `jane of developers, ops`. */
export const describeSubject = ({ user, groups }: CertificateSubject): string =>
  groups.length === 0 ? user : `${user} of ${groups.join(', ')}`

const commonName = '2.5.4.3'
const organization = '2.5.4.10'
const sequence = 0x30
const set = 0x31
const identifier = 0x06
const integer = 0x02

/** The subject of a request as `spec.request` has it; undefined for one that cannot be read. */
export function subjectOfRequest(request: string): CertificateSubject | undefined {
  const outer = decodeBase64(request)
  if (!outer) return undefined
  const body = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([\s\S]*?)-----END/.exec(latin1(outer))?.[1]
  const der = body === undefined ? undefined : decodeBase64(body)
  return der && subjectIn(der)
}

function subjectIn(der: Uint8Array): CertificateSubject | undefined {
  const request = elementsIn(der)?.[0]
  const info = request?.tag === sequence ? elementsIn(request.bytes)?.[0] : undefined
  const [version, subject] = (info?.tag === sequence ? elementsIn(info.bytes) : undefined) ?? []
  if (version?.tag !== integer || subject?.tag !== sequence) return undefined
  const names = elementsIn(subject.bytes)
  if (!names) return undefined
  let user = ''
  const groups: string[] = []
  for (const name of names) {
    const parts = name.tag === set ? elementsIn(name.bytes) : undefined
    if (!parts) return undefined
    for (const part of parts) {
      const [type, value] = elementsIn(part.bytes) ?? []
      if (type?.tag !== identifier || !value) return undefined
      const id = readIdentifier(type.bytes)
      if (id === commonName) user = utf8(value.bytes)
      if (id === organization) groups.push(utf8(value.bytes))
    }
  }
  return { user, groups }
}

interface Element {
  readonly tag: number
  readonly bytes: Uint8Array
}

/** The elements that stand one after the other; undefined where they do not add up. */
function elementsIn(bytes: Uint8Array): Element[] | undefined {
  const found: Element[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at] as number
    const first = bytes[at + 1]
    if (first === undefined) return undefined
    let length = first
    at += 2
    if (first >= 0x80) {
      const count = first & 0x7f
      if (count === 0 || count > 3) return undefined
      length = 0
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + i] ?? Number.NaN)
      at += count
    }
    // A length that is not a number fails here as well.
    if (!(at + length <= bytes.length)) return undefined
    found.push({ tag, bytes: bytes.subarray(at, at + length) })
    at += length
  }
  return found
}

function readIdentifier(bytes: Uint8Array): string {
  const numbers: number[] = []
  let value = 0
  for (const byte of bytes) {
    value = value * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    if (numbers.length === 0)
      numbers.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)))
    else numbers.push(value)
    value = 0
  }
  return numbers.join('.')
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function utf8(bytes: Uint8Array): string {
  const escaped = [...bytes].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
  try {
    return decodeURIComponent(escaped)
  } catch {
    return latin1(bytes)
  }
}
