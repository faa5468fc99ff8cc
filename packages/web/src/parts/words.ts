// Words: how numbers, kinds of things and ids are written for people.

const whole = new Intl.NumberFormat('en')
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** 12,345 */
export const wholeNumber = (value: number): string => whole.format(value)

/** 12.3K from 100,000 on; the exact number else. For places that are narrow; put the exact one beside it as a title. */
export const shortNumber = (value: number): string =>
  value < 100_000 ? whole.format(value) : compact.format(value)

/** A score, with one decimal: 89.4 */
export const scoreNumber = (value: number): string => tenths.format(value)

/** How a number moved, with its sign: +1.2, −0.4, ±0 */
export const signed = (value: number): string =>
  value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${tenths.format(Math.abs(value))}`

/** `1 finding`, `2,000 findings`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${whole.format(count)} ${count === 1 ? one : many}`

/** How much of a whole, for bars: 0 to 100, 0 where there is none. */
export const percentOf = (part: number, all: number): number => (all === 0 ? 0 : (part / all) * 100)

const benchmarks: Readonly<Record<string, string>> = {
  'cis-k8s': 'CIS Kubernetes',
  'cis-eks': 'CIS EKS',
  'cis-gke': 'CIS GKE',
  'cis-aks': 'CIS AKS',
  'cis-ocp': 'CIS OpenShift',
  'nsa-cisa': 'NSA/CISA Hardening',
  'pss-baseline': 'PSS Baseline',
  'pss-restricted': 'PSS Restricted',
  'mitre-attack-containers': 'MITRE ATT&CK Containers',
  'ms-threat-matrix-k8s': 'Microsoft Threat Matrix',
  'owasp-k8s-top-ten': 'OWASP Kubernetes Top Ten',
  'disa-stig-k8s': 'DISA STIG Kubernetes',
  'disa-stig-k8s-eks': 'DISA STIG EKS',
  'disa-stig-k8s-gke': 'DISA STIG GKE',
  'disa-stig-ocp4': 'DISA STIG OpenShift 4',
}

/** The short name of a benchmark, as people say it; its id where it has none. */
export const benchmarkName = (id: string): string => benchmarks[id] ?? id

/** `CIS EKS 1.8.0` */
export const editionName = ({
  benchmark,
  edition,
}: {
  readonly benchmark: string
  readonly edition: string
}): string => `${benchmarkName(benchmark)} ${edition}`

/** Why something could not be read, in words. */
export const gapWords: Readonly<Record<string, string>> = {
  forbidden: 'No permission',
  'not-served': 'Not served by the API',
  unreachable: 'Unreachable',
  'timed-out': 'Timed out',
  truncated: 'Cut off',
  unparsable: 'Unreadable',
  'not-collected': 'Not collected',
  stale: 'Stale',
  redacted: 'Redacted',
}

/** What a value is, in a word or as JSON; what is not there is unset. */
export const actualText = (actual: unknown): string =>
  actual === undefined || actual === null
    ? 'unset'
    : typeof actual === 'string'
      ? actual
      : JSON.stringify(actual)
