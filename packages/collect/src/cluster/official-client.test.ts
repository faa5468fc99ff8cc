// The official JavaScript client is not used by the product: importing it costs half a second and 79 MB, it cannot renew OIDC
// tokens, passes over `tokenFile` and groups to impersonate, and waits for ever for plugins that ask. Here it is a witness.
import { KubeConfig } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { getCredentials } from './credentials.ts'
import { findTarget } from './find-target.ts'
import { selfSigned } from './testing/certificate.ts'
import { kubeconfig } from './testing/kubeconfig-file.ts'

const { certificate, key } = selfSigned({ names: ['k8s.example.com'] })
const base64 = (text: string) => Buffer.from(text).toString('base64')
const later = Math.floor(Date.now() / 1000) + 3600
const jwt = `e30.${Buffer.from(JSON.stringify({ exp: later })).toString('base64url')}.c2ln`

const server = 'https://k8s.example.com:6443'
const pair = { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) }
const credential = {
  apiVersion: 'client.authentication.k8s.io/v1',
  kind: 'ExecCredential',
  status: { token: 'abc' },
}
const exec = {
  apiVersion: 'client.authentication.k8s.io/v1',
  command: process.execPath,
  args: ['-e', `console.log(process.env.CREDENTIAL)`],
  env: [{ name: 'CREDENTIAL', value: JSON.stringify(credential) }],
}

/** What the client sets of the options of a request. */
interface Wanted {
  readonly ca?: Buffer
  readonly cert?: Buffer
  readonly key?: Buffer
  readonly servername?: string
  readonly rejectUnauthorized?: boolean
  readonly headers?: Record<string, string>
}

test.each([
  ['nobody', { server }, {}],
  ['a token', { server, 'certificate-authority-data': base64(certificate) }, { token: 'abc' }],
  ['a certificate', { server, 'insecure-skip-tls-verify': true }, pair],
  ['a certificate and a token', { server, 'tls-server-name': 'other' }, { ...pair, token: 'abc' }],
  ['a plugin', { server }, { exec }],
  ['OIDC', { server }, { 'auth-provider': { name: 'oidc', config: { 'id-token': jwt } } }],
  ['somebody else', { server }, { token: 'abc', as: 'jane' }],
])('it logs in as we do: %s', async (_, cluster, user) => {
  const file = scratchFolder().write('config', kubeconfig(cluster, user))
  const official = new KubeConfig()
  official.loadFromFile(file)
  const options: Wanted = {}
  await official.applyToHTTPSOptions(options)

  const target = findTarget({ kubeconfig: file }, {})
  if (!target.ok) throw new Error('no target')
  const own = await getCredentials(target.value, { environment: process.env, now: () => new Date() })
  if (!own.ok) throw new Error(own.problems[0]?.message)
  expect({
    server: target.value.server.href,
    ca: target.value.certificateAuthority,
    serverName: target.value.tlsServerName,
    insecure: target.value.insecure,
    certificate: own.value.certificate,
    key: own.value.key,
    headers: own.value.headers,
  }).toEqual({
    server: `${official.getCurrentCluster()?.server}/`,
    ca: options.ca?.toString(),
    serverName: options.servername,
    insecure: options.rejectUnauthorized === false,
    certificate: options.cert?.toString(),
    key: options.key?.toString(),
    headers: options.headers,
  })
})
