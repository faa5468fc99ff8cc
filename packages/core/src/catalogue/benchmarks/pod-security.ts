// Pod Security Standards: an edition of each level for every Kubernetes version, from the table of admission checks.

import type { Control, Edition } from '../../model/benchmark.ts'
import { newestKnownMinor } from '../../model/kubernetes-version.ts'
import { severities } from '../../model/severity.ts'
import {
  checksAt,
  type PodSecurityCheck,
  type PodSecurityLevel,
  parametersAt,
} from '../rules/pod-security/pod-security-checks.ts'

const titles: Readonly<Record<string, string>> = {
  appArmorProfile: 'AppArmor profiles are those of the runtime or of the node',
  capabilities_baseline: 'No capabilities beyond the usual ones are added',
  hostNamespaces: 'The namespaces of the node are not shared',
  hostPathVolumes: 'Nothing of the file system of the node is mounted',
  hostPorts: 'No ports of the node are taken',
  hostProbesAndHostLifecycle: 'Probes and lifecycle hooks ask the pod itself',
  privileged: 'No container is privileged',
  procMount: '/proc is masked',
  seLinuxOptions: 'SELinux labels are those made for containers',
  seccompProfile_baseline: 'Seccomp is not turned off',
  sysctls: 'Only safe sysctls are set',
  windowsHostProcess: 'No container is a process of a Windows node',
  allowPrivilegeEscalation: 'Privilege escalation is refused',
  capabilities_restricted: 'All capabilities are dropped',
  procMount_restricted: '/proc is masked, in user namespaces too',
  restrictedVolumes: 'Volumes are of types that the cluster manages',
  runAsNonRoot: 'Containers must not run as root',
  runAsUser: "Root's user id is not asked for",
  seccompProfile_restricted: 'A seccomp profile is asked for',
}

const sections: Readonly<Record<PodSecurityLevel, string>> = {
  baseline: 'Known ways to more privileges are closed',
  restricted: 'Pods are hardened',
}

/** `pss-baseline` and `pss-restricted`, each from 1.0 to the newest version known. */
export const editions: readonly Edition[] = (['baseline', 'restricted'] as const).flatMap(level =>
  Array.from({ length: newestKnownMinor + 1 }, (_, minor) => edition(level, minor)),
)

function edition(level: PodSecurityLevel, minor: number): Edition {
  const version = `1.${minor}`
  const checks = checksAt(level, minor)
  const levels = (['baseline', 'restricted'] as const).filter(one =>
    checks.some(check => check.level === one),
  )
  return {
    benchmark: `pss-${level}`,
    edition: version,
    title: `Pod Security Standards ${version}, level ${level}`,
    source: 'kubernetes/pod-security-admission v0.37.2, policy/check_*.go',
    sections: levels.map(id => ({ id, title: sections[id] })),
    controls: checks.map(check => control(check, version)),
  }
}

function control({ id, level, rules }: PodSecurityCheck, version: string): Control {
  const title = titles[id]
  if (title === undefined) throw new Error(`the check ${id} has no title`)
  return {
    id,
    section: level,
    title,
    automated: true,
    severity: severities.find(severity => rules.some(rule => rule.severity === severity)) ?? 'medium',
    rules: rules.map(rule => {
      const parameters = parametersAt(rule, version)
      return { rule: rule.id, ...(Object.keys(parameters).length > 0 && { parameters }) }
    }),
  }
}
