/** Makes pods that the API server accepts, over every field that a Pod Security check reads: absent, present, odd. */
import { ABSENT, type Climate, climate, type Fields, put, tidy } from './climate.ts'
import { container, type Role } from './container.ts'
import { appArmorProfile, seccompProfile, seLinuxOptions, windowsOptions } from './profiles.ts'
import { type Random, random } from './random.ts'
import { volumes } from './volumes.ts'

export interface Pod {
  apiVersion: 'v1'
  kind: 'Pod'
  metadata: { name: string; annotations?: Record<string, string | null> }
  spec: Fields
}

export interface GeneratedPod {
  pod: Pod
  /** Containers that fit the pod, to be added by its `ephemeralcontainers` subresource: a pod cannot be made with any. */
  ephemeralContainers: Fields[]
}

/** The pod number `index` of the series `seed`; the same numbers always give the same pod. */
export function generatePod(seed: number, index: number): GeneratedPod {
  const r = random(seed, index)
  const weather = climate(r)
  const atPod = podSecurityContext(r, weather)
  const spec: Fields = {}

  put(spec, 'os', weather.os === ABSENT ? r.pick([ABSENT, ABSENT, null]) : { name: weather.os })
  put(spec, 'hostUsers', weather.hostUsers)
  put(spec, 'hostNetwork', weather.hostNetwork)
  const mayShare = weather.os !== 'windows' && weather.hostUsers !== false
  for (const field of ['hostPID', 'hostIPC'])
    put(spec, field, tidy(r, weather.tidiness, [ABSENT, ABSENT, null, false], mayShare ? [true] : []))

  const make = (role: Role, name: string) => container(r, weather, role, name, atPod.fields)
  const inits = Array.from({ length: r.pick([0, 0, 0, 1, 2, 3]) }, (_, i) =>
    make(r.pick(['init', 'sidecar']), `${r.pick(['init', 'b'])}-${i}`),
  )
  const ordinary = Array.from({ length: r.pick([1, 1, 1, 2, 3, 5]) }, (_, i) =>
    make('ordinary', `${r.pick(['app', 'z', 'a'])}-${i}`),
  )
  put(spec, 'initContainers', inits.length > 0 ? inits : r.pick([ABSENT, ABSENT, [], null]))
  put(spec, 'ephemeralContainers', r.pick([ABSENT, ABSENT, ABSENT, [], null]))
  spec.containers = ordinary
  put(spec, 'securityContext', atPod.value)
  put(spec, 'volumes', r.chance(0.6) ? volumes(r, weather) : r.pick([ABSENT, ABSENT, null]))
  // What no check reads must not matter.
  if (r.chance(0.1) && weather.os !== 'windows') spec.shareProcessNamespace = false
  if (r.chance(0.1)) spec.automountServiceAccountToken = false
  if (r.chance(0.05)) spec.hostNetworK = true

  const ephemeralContainers = Array.from({ length: 1 + r.int(2) }, (_, i) => make('ephemeral', `debug-${i}`))
  const metadata: Pod['metadata'] = { name: `pod-${index}` }
  const notes = annotations(r, weather, [...inits, ...ordinary], atPod.fields)
  if (Object.keys(notes).length > 0) metadata.annotations = notes
  return { pod: { apiVersion: 'v1', kind: 'Pod', metadata, spec }, ephemeralContainers }
}

/** `fields` is what is said there, for the containers to agree with; `value` is what to write. */
function podSecurityContext(r: Random, weather: Climate): { fields: Fields; value: unknown } {
  const empty = !weather.hostProcess && r.chance(0.2)
  if (empty) return { fields: {}, value: r.pick([ABSENT, ABSENT, null, {}]) }
  const made: Fields = {}
  put(made, 'windowsOptions', windowsOptions(r, weather, r.chance(0.5)))
  put(made, 'runAsNonRoot', tidy(r, weather.tidiness, [true, true, ABSENT, null], [false]))
  if (weather.os !== 'windows') {
    put(made, 'runAsUser', tidy(r, weather.tidiness, [ABSENT, ABSENT, null, 1, 1000], [0]))
    put(made, 'seLinuxOptions', seLinuxOptions(r, weather))
    put(made, 'seccompProfile', seccompProfile(r, weather, 0.3))
    put(made, 'appArmorProfile', appArmorProfile(r, weather))
    put(made, 'sysctls', sysctls(r, weather))
    if (r.chance(0.1)) made.fsGroup = 0
  }
  return { fields: made, value: made }
}

const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
]
/** Allowed from 1.27, 1.29 or 1.32 on, or never; one is spelled with slashes, which the server takes as another name. */
const OTHER_SYSCTLS = [
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
  'net.core.somaxconn',
  'kernel.msgmax',
  'fs.mqueue.msg_max',
  'net/ipv4/tcp_syncookies',
]

function sysctls(r: Random, { tidiness, hostNetwork }: Climate): unknown {
  if (r.chance(0.7)) return r.pick([ABSENT, ABSENT, null, []])
  const names = r.chance(tidiness)
    ? r.some(SAFE_SYSCTLS, 0.4)
    : r.some([...OTHER_SYSCTLS, ...SAFE_SYSCTLS], 0.2)
  // Sysctls of the network are refused for pods on the host's.
  const fitting = hostNetwork === true ? names.filter(name => !name.startsWith('net')) : names
  return fitting.map(name => ({ name, value: '1' }))
}

const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod'
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/'
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/'

function annotations(
  r: Random,
  weather: Climate,
  containers: readonly Fields[],
  atPod: Fields,
): Record<string, string | null> {
  const made: Record<string, string | null> = {}
  if (r.chance(0.2)) made['example.test/note'] = 'unconfined'
  if (r.chance(0.6)) return made
  if (r.chance(0.3)) made[SECCOMP_POD] = seccompNote(r, weather, atPod.seccompProfile)
  // For a container that is not there, an annotation of this kind is accepted, and means nothing.
  if (r.chance(0.2)) made[`${SECCOMP_CONTAINER}nobody`] = 'unconfined'
  for (const each of containers) {
    const { name, securityContext: context } = each as { name: string; securityContext?: Fields | null }
    if (r.chance(0.3)) made[`${SECCOMP_CONTAINER}${name}`] = seccompNote(r, weather, context?.seccompProfile)
    if (r.chance(0.3) && weather.os !== 'windows')
      made[`${APPARMOR}${name}`] = appArmorNote(r, weather, context?.appArmorProfile)
  }
  return made
}

/** Annotation and field must say the same where both are there. */
function seccompNote(r: Random, { tidiness }: Climate, field: unknown): string {
  const profile = field as { type: string; localhostProfile?: string } | null | undefined
  if (profile?.type === 'Unconfined') return 'unconfined'
  if (profile?.type === 'Localhost') return `localhost/${profile.localhostProfile}`
  if (profile?.type === 'RuntimeDefault') return r.pick(['runtime/default', 'docker/default'])
  return tidy(r, tidiness, ['runtime/default', 'docker/default', 'localhost/a.json'], ['unconfined'])
}

/** A null in a map of texts is the empty text. */
function appArmorNote(r: Random, { tidiness }: Climate, field: unknown): string | null {
  const profile = field as { type: string; localhostProfile?: string } | null | undefined
  if (profile?.type === 'Unconfined') return 'unconfined'
  if (profile?.type === 'Localhost') return `localhost/${profile.localhostProfile}`
  if (profile?.type === 'RuntimeDefault') return 'runtime/default'
  return tidy(r, tidiness, ['', null, 'runtime/default', 'localhost/k8s'], ['unconfined', 'unconfined'])
}
