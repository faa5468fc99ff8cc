/** Makes the parts that pods and containers share: SELinux, seccomp, AppArmor and Windows options. */
import { ABSENT, type Climate, type Fields, tidy } from './climate.ts'
import type { Random } from './random.ts'

export function seLinuxOptions(r: Random, { tidiness }: Climate): unknown {
  const good = [
    ABSENT,
    ABSENT,
    ABSENT,
    null,
    {},
    { type: '' },
    { type: null },
    { type: 'container_t' },
    { type: 'container_init_t', level: 's0:c1,c2' },
    { type: 'container_kvm_t', user: '', role: '' },
  ]
  const bad = [
    { type: 'container_engine_t' },
    { type: 'spc_t' },
    { type: 'Container_t' },
    { type: ' container_t' },
    { type: 'a "quoted" type' },
    { type: 'tÿpe' },
    { user: 'system_u' },
    { role: 'system_r' },
    { user: 'u', role: 'r', type: 'unconfined_t', level: 's0' },
    { type: 'container_t', role: 'sysadm_r' },
  ]
  return tidy(r, tidiness, good, bad)
}

/** A profile that restricted wants to see; absent ones are as likely as the caller says. */
export function seccompProfile(r: Random, { tidiness }: Climate, absentGood: number): unknown {
  if (r.chance(absentGood)) return r.pick([ABSENT, ABSENT, null])
  const good = [
    { type: 'RuntimeDefault' },
    { type: 'RuntimeDefault' },
    { type: 'Localhost', localhostProfile: 'audit.json' },
  ]
  return tidy(r, tidiness, good, [ABSENT, null, { type: 'Unconfined' }, { type: 'Unconfined' }])
}

export function appArmorProfile(r: Random, { tidiness }: Climate): unknown {
  const good = [
    ABSENT,
    ABSENT,
    ABSENT,
    null,
    { type: 'RuntimeDefault' },
    { type: 'Localhost', localhostProfile: 'k8s' },
  ]
  return tidy(r, tidiness, good, [{ type: 'Unconfined' }, { type: 'Unconfined' }])
}

/** `hostProcess` is decided for the pod as a whole; `here` says whether this place is where it is said. */
export function windowsOptions(r: Random, { os, hostProcess }: Climate, here: boolean): unknown {
  if (os === 'linux') return ABSENT
  if (hostProcess && here) return withUserName(r, { hostProcess: true })
  if (hostProcess) return r.pick([ABSENT, null, {}])
  return r.pick([ABSENT, ABSENT, ABSENT, null, {}, { hostProcess: false }, { hostProcess: null }])
}

function withUserName(r: Random, options: Fields): Fields {
  return r.chance(0.3) ? { ...options, runAsUserName: 'NT AUTHORITY\\SYSTEM' } : options
}
