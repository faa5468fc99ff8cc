/** The ways into a cluster that kubeconfigs and pods have, against a server that checks them, and what is said where there is none. */

import { execFile } from 'node:child_process'
import { createSign } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfSigned } from '../../packages/collect/src/cluster/testing/certificate.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { createNamespace } from './harness/namespaces.ts'
import { describeWithKubernetes } from './harness/suite.ts'
import { grant, type Permission } from './scan/grants.ts'
import { type Login, writeLogin } from './scan/logins.ts'
import { plimsoll, type Run, type RunOptions, reportOf } from './scan/plimsoll.ts'

const permissions: Permission[] = [
  { verb: 'get', group: '', resource: 'namespaces', name: 'kube-system' },
  { verb: 'list', group: '', resource: 'namespaces' },
]
const robot = 'system:serviceaccount:robots:scanner'
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** A certificate that is its own authority; its first name is the user's. */
const person = selfSigned({ names: ['carla'] })
const stranger = selfSigned({ names: ['carla'] })

const clientCaFolder = await mkdtemp(join(tmpdir(), 'plimsoll-client-ca-'))
const clientCa = join(clientCaFolder, 'client-ca.crt')
await writeFile(clientCa, person.certificate)
const canUnshare = await promisify(execFile)('unshare', ['-rm', 'true']).then(
  () => true,
  () => false,
)
if (!canUnshare) process.stderr.write('skipped the in-cluster login: no user namespaces for unshare\n')

const options = { users: { scanner: [] }, apiServerFlags: [`--client-ca-file=${clientCa}`] }
await describeWithKubernetes('scan: access', options, () => {
  let plane: ControlPlane
  let cluster: Login['cluster']
  let robotToken: string

  const scan = async (args: readonly string[], own: Partial<RunOptions> = {}) =>
    await plimsoll(['scan', '--rule', 'namespace-pod-security', '-o', 'json', ...args], {
      folder: plane.folder,
      ...own,
    })

  /** Scans with a kubeconfig of this login. */
  async function scanAs(name: string, login: Partial<Login>, own: Partial<RunOptions> = {}): Promise<Run> {
    const file = await writeLogin(plane.folder, name, { cluster, user: {}, ...login })
    return await scan(['--kubeconfig', file], own)
  }

  /** The names under which the server met requests of this run; where it asked for a login it knew none. */
  async function metAs(work: () => Promise<Run>): Promise<{ run: Run; users: string[] }> {
    const before = (await plane.auditEvents()).length
    const run = await work()
    const events = (await plane.auditEvents()).slice(before)
    const own = events.filter(({ userAgent }) => userAgent?.startsWith('plimsoll/'))
    return { run, users: [...new Set(own.flatMap(({ user }) => user.username ?? []))] }
  }

  /** A program that prints an ExecCredential with what the shell words `status` come to. */
  async function plugin(name: string, script: string): Promise<string> {
    const file = join(plane.folder, name)
    await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    return file
  }
  const credential = (status: object) =>
    JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status })
  const exec = (command: string, more: object = {}) => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command, ...more },
  })

  beforeAll(async () => {
    plane = await startControlPlane(options)
    cluster = { server: plane.url, 'certificate-authority': plane.caFile }
    await createNamespace(plane, 'robots')
    const accounts = '/api/v1/namespaces/robots/serviceaccounts'
    await plane.call('POST', accounts, { body: { metadata: { name: 'scanner' } } })
    const { status } = (await plane.call('POST', `${accounts}/scanner/token`, {
      body: { spec: { expirationSeconds: 3600 } },
    })) as { status: { token: string } }
    robotToken = status.token
    for (const user of ['scanner', 'carla', robot]) await grant(plane, user, permissions)
  })
  afterAll(async () => {
    await plane?.stop()
    await rm(clientCaFolder, { recursive: true })
  })

  /** The scan saw all that its rule reads. */
  function expectIn({ code, stdout, stderr }: Run): void {
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(reportOf({ code, stdout, stderr }).gaps).toEqual([])
  }

  describe('lets in', () => {
    test.each<[string, string, () => Promise<Partial<Login>>]>([
      ['a token', 'scanner', async () => ({ user: { token: plane.token('scanner') } })],
      [
        'a token in a file beside the kubeconfig',
        'scanner',
        async () => {
          await writeFile(join(plane.folder, 'scanner.token'), `${plane.token('scanner')}\n`)
          return { user: { tokenFile: 'scanner.token', token: 'not this one' } }
        },
      ],
      [
        'a client certificate',
        'carla',
        async () => ({
          user: {
            'client-certificate-data': base64(person.certificate),
            'client-key-data': base64(person.key),
          },
        }),
      ],
      [
        'a client certificate in files',
        'carla',
        async () => {
          await writeFile(join(plane.folder, 'carla.crt'), person.certificate)
          await writeFile(join(plane.folder, 'carla.key'), person.key)
          return { user: { 'client-certificate': 'carla.crt', 'client-key': 'carla.key' } }
        },
      ],
      [
        'a plugin that gives a token',
        'scanner',
        async () => ({
          user: exec(await plugin('gives-token', `echo '${credential({ token: plane.token('scanner') })}'`)),
        }),
      ],
      [
        'a plugin that gives a certificate',
        'carla',
        async () => {
          const status = { clientCertificateData: person.certificate, clientKeyData: person.key }
          await writeFile(join(plane.folder, 'carla.json'), credential(status))
          return { user: exec(await plugin('gives-certificate', 'cat carla.json')) }
        },
      ],
      [
        'a plugin that is told of the cluster, by arguments and variables',
        'scanner',
        async () => {
          const script = `case "$KUBERNETES_EXEC_INFO" in *'"server":"${plane.url}/"'*) ;; *) exit 3 ;; esac
[ "$1" = --region ] && [ "$TOKEN" != '' ] && echo '${credential({ token: 'TOKEN' })}' | sed "s/TOKEN/$TOKEN/"`
          const more = {
            args: ['--region', 'here'],
            env: [{ name: 'TOKEN', value: plane.token('scanner') }],
            provideClusterInfo: true,
          }
          return { user: exec(await plugin('told', script), more) }
        },
      ],
      [
        'a plugin whose first token has run out',
        'scanner',
        async () => {
          const script = `if [ -e asked ]; then echo '${credential({ token: plane.token('scanner') })}'
else touch asked; echo '${credential({ token: await expiredToken() })}'; fi`
          return { user: exec(await plugin('renews', script)) }
        },
      ],
      ['a token of a ServiceAccount', robot, async () => ({ user: { token: robotToken } })],
      [
        'whoever may act as another',
        'admin',
        async () => ({
          user: { token: plane.token('admin'), as: 'scanner', 'as-groups': ['system:authenticated'] },
        }),
      ],
      [
        'whoever does not care who the server is',
        'scanner',
        async () => ({
          cluster: { server: plane.url, 'insecure-skip-tls-verify': true },
          user: { token: plane.token('scanner') },
        }),
      ],
    ])('%s', async (name, user, login) => {
      const { run, users } = await metAs(async () => await scanAs(fileName(name), await login()))
      expectIn(run)
      expect(users).toEqual([user])
    })
  })

  describe('says why it cannot get in, with the exit code of a wrong input:', () => {
    const refused: [string, RegExp, () => Promise<Partial<Login>>][] = [
      [
        'an authority that did not sign the server',
        /^error: the API server of the context \S+ at \S+ cannot be used: its certificate is refused \(\w+\): .*certificate-authority/,
        async () => ({
          cluster: { server: plane.url, 'certificate-authority-data': base64(stranger.certificate) },
          user: { token: plane.token('scanner') },
        }),
      ],
      [
        'no authority at all',
        /its certificate is refused .*give it as certificate-authority in the kubeconfig/,
        async () => ({ cluster: { server: plane.url }, user: { token: plane.token('scanner') } }),
      ],
      [
        'another name of the server',
        /its certificate is refused \(ERR_TLS_CERT_ALTNAME_INVALID\): .*set tls-server-name/,
        async () => ({
          cluster: { ...cluster, 'tls-server-name': 'other.example.com' },
          user: { token: plane.token('scanner') },
        }),
      ],
      [
        'an invalid token',
        /asks for a login: .*not accepted \(401\)/,
        async () => ({ user: { token: 'nonsense' } }),
      ],
      [
        'a token that has run out',
        /asks for a login: .*not accepted \(401\); log in again/,
        async () => ({ user: { token: await expiredToken() } }),
      ],
      [
        'a certificate of a stranger',
        /asks for a login: .*not accepted \(401\)/,
        async () => ({
          user: {
            'client-certificate-data': base64(stranger.certificate),
            'client-key-data': base64(stranger.key),
          },
        }),
      ],
      [
        'a token file that is not there',
        /the user \S+ of the kubeconfig: its token file cannot be read/,
        async () => ({ user: { tokenFile: 'nowhere.token' } }),
      ],
      [
        'a plugin that is not there',
        /its exec plugin cloud-login .*; brew install cloud-login/,
        async () => ({ user: exec('cloud-login', { installHint: 'brew install cloud-login' }) }),
      ],
      [
        'a plugin that fails',
        /its exec plugin .*\/fails .*the session has ended/,
        async () => ({ user: exec(await plugin('fails', 'echo the session has ended >&2; exit 4')) }),
      ],
      [
        'a plugin that prints nothing of use',
        /its exec plugin .*\/talks did not print JSON/,
        async () => ({ user: exec(await plugin('talks', 'echo Please log in')) }),
      ],
      [
        'a plugin that needs a terminal',
        /its exec plugin .*\/asks needs a terminal/,
        async () => ({ user: exec(await plugin('asks', 'exit 5'), { interactiveMode: 'Always' }) }),
      ],
    ]
    test.each(refused)('%s', async (name, message, login) => {
      const run = await scanAs(fileName(name), await login())
      expect(run).toMatchObject({ code: 2, stdout: '' })
      expect(run.stderr).toMatch(message)
      // One line for people, and never what would let somebody in.
      expect(run.stderr.trimEnd()).not.toContain('\n')
      expect(run.stderr).not.toContain(plane.token('scanner'))
    })

    test('a context that does not exist, naming the nearest', async () => {
      const run = await scan(['--kubeconfig', await plane.kubeconfig('scanner'), '--context', 'plimsol'])
      expect(run).toMatchObject({ code: 2, stdout: '' })
      expect(run.stderr).toMatch(/^error: unknown context "plimsol"; did you mean plimsoll\?/)
    })

    test('a kubeconfig that does not exist', async () => {
      const run = await scan(['--kubeconfig', 'nowhere'])
      expect(run).toMatchObject({
        code: 2,
        stdout: '',
        stderr: 'error: there is no kubeconfig file nowhere\n',
      })
    })
  })

  test('who has no name sees nothing, and is told so', async () => {
    const { run, users } = await metAs(async () => await scanAs('nobody', {}))
    expect(users).toEqual(['system:anonymous'])
    expect(run.code).toBe(3)
    expect(reportOf(run).gaps.map(({ kind, reason }) => `${kind} ${reason}`)).toContain('Namespace forbidden')
  })

  test('KUBECONFIG names several files, the first word counts', async () => {
    const login = (user: string) => ({ cluster, user: { token: plane.token(user) } })
    const files = [
      await writeLogin(plane.folder, 'first', login('scanner')),
      join(plane.folder, 'nowhere.kubeconfig'),
      await writeLogin(plane.folder, 'second', login('admin')),
    ]
    const environment = { KUBECONFIG: files.join(':') }
    for (const [args, user] of [
      [['--live'], 'scanner'],
      [['--context', 'second'], 'admin'],
    ] as const) {
      const { run, users } = await metAs(async () => await scan(args, { environment }))
      expectIn(run)
      expect(users).toEqual([user])
    }
  })

  describe.skipIf(!canUnshare)('in a pod', () => {
    /** Runs the program with a root folder's view in which a ServiceAccount is mounted. */
    async function scanInPod(token: string, ca: string, args: readonly string[] = ['--live']): Promise<Run> {
      const account = await mkdtemp(join(plane.folder, 'account-'))
      await writeFile(join(account, 'token'), token)
      await writeFile(join(account, 'ca.crt'), ca)
      const mount = `mount -t tmpfs none /var/run && mkdir -p /var/run/secrets/kubernetes.io &&
        ln -s "$0" /var/run/secrets/kubernetes.io/serviceaccount && exec "$@"`
      const { hostname, port } = new URL(plane.url)
      return await scan(args, {
        environment: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port },
        through: ['unshare', '-rm', 'sh', '-c', mount, account, process.execPath],
      })
    }

    test('its ServiceAccount is taken', async () => {
      const ca = await readFile(plane.caFile, 'utf8')
      const { run, users } = await metAs(async () => await scanInPod(robotToken, ca))
      expectIn(run)
      expect(users).toEqual([robot])
      expect(reportOf(run).scope.name).toBe(`in-cluster (${plane.url})`)
    })

    test('its authority and token must hold', async () => {
      const wrongCa = await scanInPod(robotToken, stranger.certificate)
      expect(wrongCa).toMatchObject({ code: 2, stdout: '' })
      expect(wrongCa.stderr).toContain('its certificate is refused')
      const ca = await readFile(plane.caFile, 'utf8')
      const wrongToken = await scanInPod(await expiredToken(), ca)
      expect(wrongToken).toMatchObject({ code: 2, stdout: '' })
      expect(wrongToken.stderr).toContain('(401)')
    })
  })

  /** A token of a ServiceAccount as the server signs them, with its own key, that ended at the start of 2020. */
  async function expiredToken(): Promise<string> {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const [header = ''] = robotToken.split('.')
    const claims = JSON.parse(Buffer.from(robotToken.split('.')[1] ?? '', 'base64url').toString('utf8'))
    const end = Date.UTC(2020, 0, 1) / 1000
    const signed = `${header}.${part({ ...claims, iat: end - 3600, nbf: end - 3600, exp: end })}`
    const key = await readFile(join(plane.folder, 'sa.key'), 'utf8')
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`
  }
})

const fileName = (words: string) => words.replace(/\W+/g, '-')
