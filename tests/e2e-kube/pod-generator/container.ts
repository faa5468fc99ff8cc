/** Makes containers: ordinary, init, sidecar and ephemeral, with every field that a Pod Security check reads. */
import { ABSENT, type Climate, type Fields, put, tidy } from './climate.ts'
import { appArmorProfile, seccompProfile, seLinuxOptions, windowsOptions } from './profiles.ts'
import type { Random } from './random.ts'

export type Role = 'ordinary' | 'init' | 'sidecar' | 'ephemeral'

export function container(r: Random, climate: Climate, role: Role, name: string, atPod: Fields): Fields {
  const made: Fields = { name, image: `registry.test/${name}:1` }
  if (role === 'sidecar') made.restartPolicy = 'Always'
  if (role === 'ephemeral') made.terminationMessagePolicy = 'File'
  put(made, 'securityContext', securityContext(r, climate, atPod))
  if (role !== 'ephemeral') put(made, 'ports', ports(r, climate))
  if (role === 'init' && r.chance(0.1)) made.livenessProbe = null
  if (role === 'ordinary' || role === 'sidecar') {
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'])
      put(made, probe, r.chance(0.75) ? r.pick([ABSENT, ABSENT, null]) : handler(r, climate, probeHandlers))
    if (r.chance(0.25)) made.lifecycle = lifecycle(r, climate)
  }
  return made
}

function securityContext(r: Random, climate: Climate, atPod: Fields): unknown {
  if (!r.chance(climate.tidiness) && r.chance(0.3) && !climate.hostProcess)
    return r.pick([ABSENT, ABSENT, null, {}])
  const made: Fields = {}
  put(made, 'windowsOptions', windowsOptions(r, climate, !isHostProcess(atPod)))
  put(made, 'runAsNonRoot', runAsNonRoot(r, climate, atPod))
  if (climate.os === 'windows') return made
  linuxSecurityContext(r, climate, atPod, made)
  return made
}

function linuxSecurityContext(r: Random, climate: Climate, atPod: Fields, made: Fields): void {
  const { tidiness } = climate
  const escalation = tidy(r, tidiness, [false], [ABSENT, null, true])
  const capability = capabilities(r, climate, escalation === false)
  put(made, 'allowPrivilegeEscalation', escalation)
  put(made, 'capabilities', capability)
  // Validation refuses a privileged container which must not escalate.
  const privileged = escalation === false ? [] : [true]
  put(made, 'privileged', tidy(r, tidiness, [ABSENT, ABSENT, null, false], privileged))
  put(made, 'runAsUser', tidy(r, tidiness, [ABSENT, ABSENT, null, 1, 1000, 2147483647], [0]))
  // Unmasked is for pods with a user namespace of their own.
  const unmasked = climate.hostUsers === false ? ['Unmasked'] : []
  put(made, 'procMount', tidy(r, tidiness, [ABSENT, ABSENT, ABSENT, null, 'Default'], unmasked))
  put(made, 'seLinuxOptions', seLinuxOptions(r, climate))
  put(made, 'seccompProfile', seccompProfile(r, climate, atPod.seccompProfile ? 0.8 : 0.15))
  put(made, 'appArmorProfile', appArmorProfile(r, climate))
  if (r.chance(0.1)) made.readOnlyRootFilesystem = r.chance(0.5)
  // Field names are case-sensitive: to the server this is an unknown field, which it drops.
  if (r.chance(0.03)) made.Privileged = true
}

function runAsNonRoot(r: Random, { tidiness }: Climate, atPod: Fields): unknown {
  return atPod.runAsNonRoot === true
    ? tidy(r, tidiness, [ABSENT, ABSENT, null, true], [false])
    : tidy(r, tidiness, [true], [ABSENT, null, false])
}

const DEFAULT_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]

/** The server takes any string here. Order, case, prefix and characters outside of ASCII all show in its answer. */
const ODD_CAPABILITIES = [
  'NET_RAW',
  'SYS_TIME',
  'BPF',
  'ALL',
  'all',
  'net_bind_service',
  'CAP_NET_BIND_SERVICE',
  'CAP_CHOWN',
  'CHOWN ',
  '',
  '"',
  'Ünîcode',
  '\u{1d49e}APS',
  '\uff21LL',
  'A\tB',
]

function capabilities(r: Random, { tidiness }: Climate, noEscalation: boolean): unknown {
  const good = [
    { drop: ['ALL'] },
    { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    { drop: ['ALL'], add: [] },
    { drop: ['ALL'], add: null },
    { drop: ['NET_RAW', 'ALL'] },
  ]
  if (r.chance(tidiness)) return r.pick(good)
  if (r.chance(0.3)) return r.pick([ABSENT, null, {}, { drop: [] }, { add: null, drop: null }])
  const made: Fields = {}
  put(
    made,
    'drop',
    r.pick([ABSENT, null, [], ['ALL'], ['ALL'], ['all'], ['CAP_ALL'], ['All', 'NET_RAW'], ['KILL']]),
  )
  // Validation refuses SYS_ADMIN where escalation is forbidden, in both spellings.
  const more = noEscalation ? [] : ['SYS_ADMIN', 'CAP_SYS_ADMIN']
  const add = [
    ...r.some(DEFAULT_CAPABILITIES, r.pick([0, 0.1, 0.3])),
    ...r.some([...ODD_CAPABILITIES, ...more], r.pick([0, 0.1, 0.3])),
  ]
  if (r.chance(0.2)) add.push(...add.slice(0, 2))
  if (r.chance(0.5)) add.reverse()
  made.add = add
  return made
}

/** Numbers of one to five digits: the server sorts them as texts. */
const PORTS = [1, 9, 10, 22, 80, 81, 90, 100, 443, 900, 1000, 2375, 6443, 8080, 9000, 10250, 30000, 65535]

function ports(r: Random, climate: Climate): unknown {
  if (r.chance(0.7)) return r.pick([ABSENT, ABSENT, null, []])
  const free = PORTS.filter(port => !climate.usedPorts.has(port))
  const made: Fields[] = []
  for (const port of r.some(free, r.pick([0.05, 0.2]))) {
    climate.usedPorts.add(port)
    const entry: Fields = { containerPort: port }
    if (r.chance(0.3)) entry.protocol = r.pick(['TCP', 'UDP', 'SCTP'])
    // On the host network both must be the same; left out, the server fills it in.
    const host = tidy(r, climate.tidiness, [ABSENT, ABSENT, null, 0], [port, port])
    put(entry, 'hostPort', host)
    if (host === port && r.chance(0.2)) entry.hostIP = '127.0.0.1'
    made.push(entry)
  }
  return made
}

type Handler = (r: Random, climate: Climate) => Fields

const httpGet: Handler = (r, climate) => withHost(r, climate, 'httpGet', { path: '/', port: 8080 })
const tcpSocket: Handler = (r, climate) => withHost(r, climate, 'tcpSocket', { port: 8080 })
const exec: Handler = () => ({ exec: { command: ['true'] } })
const grpc: Handler = () => ({ grpc: { port: 8080 } })
const sleep: Handler = () => ({ sleep: { seconds: 1 } })

const probeHandlers = [httpGet, httpGet, tcpSocket, tcpSocket, exec, grpc]
const lifecycleHandlers = [httpGet, httpGet, tcpSocket, tcpSocket, exec, sleep]

function handler(r: Random, climate: Climate, handlers: readonly Handler[]): Fields {
  return r.pick(handlers)(r, climate)
}

function lifecycle(r: Random, climate: Climate): Fields {
  const made: Fields = {}
  for (const hook of ['postStart', 'preStop'])
    put(made, hook, r.chance(0.4) ? r.pick([ABSENT, null]) : handler(r, climate, lifecycleHandlers))
  return made
}

const HOSTS = [
  '127.0.0.1',
  'localhost',
  '10.0.0.1',
  '169.254.169.254',
  'b.example.test',
  '::1',
  'Ab',
  'ö',
  ' ',
]

function withHost(r: Random, { tidiness }: Climate, kind: string, action: Fields): Fields {
  put(action, 'host', tidy(r, tidiness, [ABSENT, ABSENT, null, ''], HOSTS))
  const other = kind === 'httpGet' ? 'tcpSocket' : 'httpGet'
  return r.chance(0.2) ? { [other]: null, [kind]: action } : { [kind]: action }
}

function isHostProcess(podSecurityContext: Fields): boolean {
  return (podSecurityContext.windowsOptions as Fields | null | undefined)?.hostProcess === true
}
