// KubernetesVersion: a minor version such as 1.34, compared as numbers.

/** The newest Kubernetes minor whose Pod Security rules are known here. Source: kubernetes/pod-security-admission, July 2026. */
export const newestKnownMinor = 37

export interface KubernetesVersion {
  readonly major: 1
  readonly minor: number
}

/** Reads `1.34`, `v1.34`, `1.34.4`, `v1.34.4-eks-1a2b`, `1.30+`; undefined for anything else. */
export function parseKubernetesVersion(text: string): KubernetesVersion | undefined {
  const found = /^v?1\.(\d{1,3})(?:[.+-].*)?$/.exec(text.trim())
  return found ? { major: 1, minor: Number(found[1]) } : undefined
}

export function formatKubernetesVersion(version: KubernetesVersion): string {
  return `${version.major}.${version.minor}`
}

/** True when `version` is 1.`minor` or newer. */
export function isFrom(version: KubernetesVersion, minor: number): boolean {
  return version.minor >= minor
}
