/** Starts a real etcd and kube-apiserver, and on request the controllers and the scheduler, on loopback for one test. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, ensureBinaries } from '../../../tools/kube/binaries.ts'
import type { BinaryName, KubernetesMinor } from '../../../tools/kube/recipes.ts'
import { type ApiClient, apiClient } from './api-client.ts'
import {
  type AuditEvent,
  type AuditRule,
  auditPolicy,
  DEFAULT_AUDIT_RULES,
  MARKER_PATH,
  readAuditLog,
} from './audit-log.ts'
import { freePort } from './free-port.ts'
import { kubeconfig } from './kubeconfig.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'
import { startWatchdog, type Watchdog } from './watchdog.ts'

export interface ControlPlaneOptions {
  /** Version of the servers; default `1.34`. */
  kubernetes?: KubernetesMinor
  /** Users beside `admin` (system:masters), each with its groups. They have the rights that RBAC gives them: none at first. */
  users?: Readonly<Record<string, readonly string[]>>
  /** Rules of the audit policy, first match decides. Default: Secrets with bodies, all else as metadata. */
  auditRules?: readonly AuditRule[]
  /** Kubernetes feature gates of the API server, by name. */
  featureGates?: Readonly<Record<string, boolean>>
  /** Further flags of the API server, such as `--client-ca-file=…`. */
  apiServerFlags?: readonly string[]
  /** Runs kube-controller-manager: Deployments get ReplicaSets and Pods, namespaces get their default ServiceAccount. */
  controllerManager?: boolean
  /** Further flags of kube-controller-manager, such as `--node-monitor-grace-period=1h`. */
  controllerManagerFlags?: readonly string[]
  /** Runs kube-scheduler: pods are bound to Node objects where there are any. */
  scheduler?: boolean
}

export interface ControlPlane extends Pick<ApiClient, 'request' | 'call'> {
  /** `https://127.0.0.1:<port>`. */
  readonly url: string
  /** PEM file with the certificate that signed the server's. */
  readonly caFile: string
  /** Folder for files of the test, removed at the end. */
  readonly folder: string
  readonly hasControllers: boolean
  /** Where etcd serves its clients, without any login. */
  readonly etcdUrl: string
  /** Bearer token of a user; throws for one that was not declared. */
  token: (user: string) => string
  /** Path of a kubeconfig for a user. */
  kubeconfig: (user?: string) => Promise<string>
  /** Every audited request answered before this call, oldest first. */
  auditEvents: () => Promise<AuditEvent[]>
  /** Stops the API server, and starts it again on the same port with the same store after `whileDown`. */
  restartApiServer: (whileDown?: () => Promise<void>) => Promise<void>
  /** Stops everything and removes the folder; further calls do nothing. */
  stop: () => Promise<void>
}

/** Finds, or builds the first time, the binaries that `startControlPlane` needs for these options. */
export async function binariesFor(options: ControlPlaneOptions): Promise<Binaries<BinaryName>> {
  const names: BinaryName[] = ['etcd', 'kube-apiserver']
  if (options.controllerManager) names.push('kube-controller-manager')
  if (options.scheduler) names.push('kube-scheduler')
  return await ensureBinaries(names, { kubernetes: options.kubernetes ?? '1.34' })
}

/** Starts the servers and waits until the API server calls itself ready (about a second). Throws if it does not. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const binaries = await binariesFor(options)
  if (!binaries.available) throw new Error(`no control plane (${binaries.reason}): ${binaries.detail}`)
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(options, binaries.paths)
    } catch (error) {
      // Somebody took the port between our looking and our listening.
      if (attempt === 3 || !/address already in use/.test(String(error))) throw error
    }
  }
}

const READY_WITHIN_MS = 60_000

async function start(
  options: ControlPlaneOptions,
  paths: Readonly<Record<BinaryName, string>>,
): Promise<ControlPlane> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-kube-'))
  const removeAtExit = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeAtExit)
  // A test runner that is killed leaves its workers running; they have nobody to report to, and end here.
  process.once('disconnect', endWithRunner)
  const watchdog = startWatchdog(folder)
  const running: ServerProcess[] = []
  let client: ApiClient | undefined

  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= (async () => {
      client?.close()
      // Clients of the API server first, the store last: none then waits for one that is gone.
      for (const server of running.toReversed()) await server.stop()
      await rm(folder, { recursive: true, force: true })
      watchdog.dismiss()
      process.off('exit', removeAtExit)
      process.off('disconnect', endWithRunner)
    })()
    return stopping
  }

  try {
    const run = runner(folder, paths, watchdog, running)
    const users = { admin: ['system:masters'], ...options.users }
    const tokens = Object.fromEntries(Object.keys(users).map(user => [user, randomUUID()]))
    await writeCredentials(folder, users, tokens, options.auditRules ?? DEFAULT_AUDIT_RULES)

    const etcdPort = await freePort()
    const port = await freePort()
    const url = `https://127.0.0.1:${port}`
    const caFile = join(folder, 'ca.crt')
    await run('etcd', etcdArguments(folder, etcdPort))
    const serverArguments = [
      ...apiServerArguments(folder, etcdPort, port, options.featureGates ?? {}),
      ...(options.apiServerFlags ?? []),
    ]
    await run('kube-apiserver', serverArguments)
    const ca = await waitForCertificate(folder, running)
    await writeFile(caFile, ca)

    const token = (user: string): string => {
      const found = tokens[user]
      if (found === undefined) throw new Error(`no user ${user}; there are ${Object.keys(tokens).join(', ')}`)
      return found
    }
    const api = apiClient(url, ca, token)
    client = api
    await waitUntilReady(api, running)

    const writeKubeconfig = async (user = 'admin'): Promise<string> => {
      const file = join(folder, `${user}.kubeconfig`)
      await writeFile(file, kubeconfig({ url, caFile }, user, token(user)), { mode: 0o600 })
      return file
    }
    if (options.controllerManager)
      await run('kube-controller-manager', [
        ...controllerArguments(folder, caFile, await writeKubeconfig()),
        ...(options.controllerManagerFlags ?? []),
      ])
    if (options.scheduler) await run('kube-scheduler', schedulerArguments(await writeKubeconfig()))

    const restartApiServer = async (whileDown?: () => Promise<void>): Promise<void> => {
      const place = running.findIndex(({ name }) => name === 'kube-apiserver')
      await running[place]?.stop()
      await whileDown?.()
      await run('kube-apiserver', serverArguments)
      // In its old place, so that all is still stopped in good order.
      running[place] = running.pop() as ServerProcess
      await waitUntilReady(api, running)
    }

    return {
      url,
      caFile,
      folder,
      hasControllers: options.controllerManager ?? false,
      etcdUrl: `http://127.0.0.1:${etcdPort}`,
      restartApiServer,
      token,
      kubeconfig: writeKubeconfig,
      request: api.request,
      call: api.call,
      auditEvents: () => auditEvents(api, join(folder, 'audit.log')),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

type Run = (name: BinaryName, args: readonly string[]) => Promise<void>

function runner(
  folder: string,
  paths: Readonly<Record<BinaryName, string>>,
  watchdog: Watchdog,
  running: ServerProcess[],
): Run {
  return async (name, args) => {
    const server = await startServerProcess(paths[name], args, join(folder, `${name}.log`))
    watchdog.guard(server.pid)
    running.push(server)
  }
}

async function writeCredentials(
  folder: string,
  users: Readonly<Record<string, readonly string[]>>,
  tokens: Readonly<Record<string, string>>,
  rules: readonly AuditRule[],
): Promise<void> {
  const rows = Object.entries(users).map(
    ([user, groups]) => `${tokens[user]},${user},uid-${user},"${groups.join(',')}"\n`,
  )
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await writeFile(join(folder, 'tokens.csv'), rows.join(''), { mode: 0o600 })
  await writeFile(join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), {
    mode: 0o600,
  })
  await writeFile(join(folder, 'audit-policy.json'), auditPolicy(rules))
}

function etcdArguments(folder: string, port: number): string[] {
  const url = `http://127.0.0.1:${port}`
  return [
    '--name=default',
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    // A single member never speaks to peers: any free port will do to listen, and the name of none to advertise.
    '--listen-peer-urls=http://127.0.0.1:0',
    '--initial-advertise-peer-urls=http://127.0.0.1:2380',
    '--initial-cluster=default=http://127.0.0.1:2380',
    '--unsafe-no-fsync',
    '--log-level=warn',
  ]
}

function apiServerArguments(
  folder: string,
  etcdPort: number,
  port: number,
  featureGates: Readonly<Record<string, boolean>>,
): string[] {
  const gates = Object.entries(featureGates).map(([name, on]) => `${name}=${on}`)
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    // A loopback address is no valid endpoint of the `kubernetes` Service, so it gets none.
    '--endpoint-reconciler-type=none',
    // Given a folder and no certificate, the server makes its own and a CA for it.
    `--cert-dir=${folder}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${join(folder, 'sa.key')}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=Node,RBAC',
    // Otherwise validation refuses privileged pods before Pod Security admission is asked.
    '--allow-privileged=true',
    `--audit-policy-file=${join(folder, 'audit-policy.json')}`,
    `--audit-log-path=${join(folder, 'audit.log')}`,
    '--profiling=false',
    ...(gates.length === 0 ? [] : [`--feature-gates=${gates.join(',')}`]),
  ]
}

function controllerArguments(folder: string, caFile: string, configFile: string): string[] {
  return [
    `--kubeconfig=${configFile}`,
    `--service-account-private-key-file=${join(folder, 'sa.key')}`,
    `--root-ca-file=${caFile}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ]
}

function schedulerArguments(configFile: string): string[] {
  return [
    `--kubeconfig=${configFile}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ]
}

function endWithRunner(): never {
  process.exit(1)
}

/** The server writes its certificate followed by the CA's; the CA alone is what clients are to trust. */
async function waitForCertificate(folder: string, running: readonly ServerProcess[]): Promise<string> {
  return await poll('a serving certificate', running, async () => {
    const text = await readFile(join(folder, 'apiserver.crt'), 'utf8').catch(() => '')
    return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g)?.[1]
  })
}

async function waitUntilReady(client: ApiClient, running: readonly ServerProcess[]): Promise<void> {
  await poll('/readyz', running, async () => {
    const answer = await client.request('GET', '/readyz').catch(() => undefined)
    return answer?.status === 200 ? true : undefined
  })
}

async function poll<T>(
  what: string,
  running: readonly ServerProcess[],
  look: () => Promise<T | undefined>,
): Promise<T> {
  for (const deadline = Date.now() + READY_WITHIN_MS; ; await sleep(25)) {
    const seen = await look()
    if (seen !== undefined) return seen
    const ended = running.find(server => !server.isRunning())
    if (ended !== undefined) throw new Error(`${await ended.ended}:\n${await ended.log()}`)
    if (Date.now() > deadline) {
      const logs = await Promise.all(running.map(async server => `${server.name}:\n${await server.log()}`))
      throw new Error(`no ${what} within ${READY_WITHIN_MS} ms\n${logs.join('\n')}`)
    }
  }
}

/** Sends a marked request and reads until its event is there: all that was answered before it is then in the log. */
async function auditEvents(client: ApiClient, file: string): Promise<AuditEvent[]> {
  const marker = randomUUID()
  await client.request('GET', MARKER_PATH, { headers: { 'audit-id': marker } })
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(20)) {
    const events = await readAuditLog(file)
    const at = events.findIndex(event => event.auditID === marker)
    if (at >= 0) return events.slice(0, at).filter(event => event.requestURI !== MARKER_PATH)
  }
  throw new Error(`the audit log ${file} does not show a request sent 10 s ago`)
}
