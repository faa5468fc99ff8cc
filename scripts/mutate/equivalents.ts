// Equivalents: mutations that no example can notice, because the changed code does the same; each with the reason.

export interface Equivalent {
  /** Path below the folder of the rules. */
  readonly file: string
  /** The code as it stands in the file: mutations in it that no example notices change nothing. */
  readonly code: string
  /** What takes its place, where only that changes nothing. */
  readonly to?: string
  readonly reason: string
}

const checks = 'pod-security/pod-security-checks.ts'
const message = 'pod-security/admission-message.ts'
const said =
  'what the admission controller would say does not change what it refuses; the tests of conformance hold the words'
const checkIds = [
  'appArmorProfile',
  'capabilities_baseline',
  'hostNamespaces',
  'hostPathVolumes',
  'hostPorts',
  'hostProbesAndHostLifecycle',
  'privileged',
  'procMount',
  'seLinuxOptions',
  'seccompProfile_baseline',
  'sysctls',
  'windowsHostProcess',
]
const podSecurity: readonly Equivalent[] = [
  ...checkIds.map(id => ({ file: checks, code: `'${id}'`, to: `''`, reason: said })),
  {
    file: checks,
    code: `'restricted'`,
    to: `''`,
    reason: 'what is not of the baseline level is of the restricted one',
  },
  { file: checks, code: '0', to: '1', reason: 'no version before 1.1 is judged' },
  { file: message, code: 'check.overrides', reason: said },
  { file: message, code: 'overridden.has(id)', reason: said },
  { file: message, code: '{ check: id, ...denial }', reason: said },
  { file: message, code: 'from([])', reason: 'the rules that the controller has look nothing up' },
  { file: message, code: 'list: () => []', reason: 'the rules that the controller has look nothing up' },
  {
    file: message,
    code: 'rule.admission?.denial',
    to: 'rule.admission.denial',
    reason: 'each rule of a check says what the controller would',
  },
  {
    file: 'pod-security/policy-version.ts',
    code: '35',
    to: '34',
    reason: 'in 1.34 the check of the baseline level refuses what this one would',
  },
]

const isLeftOut = 'a pod that has the field nowhere is not shown to the rule'
const leftOut: readonly Equivalent[] = [
  { file: 'workload/git-repo-volume.ts', code: 'volumes = []', to: 'volumes', reason: isLeftOut },
  {
    file: 'workload/sysctl-value-injection.ts',
    code: 'pod.spec.securityContext?.sysctls ?? []',
    reason: isLeftOut,
  },
]

/** One that no surviving mutation bears out any more is reported as idle, and is to be taken out. */
export const equivalents: readonly Equivalent[] = [
  ...podSecurity,
  ...leftOut,
  {
    file: 'control-plane/etcd-unique-ca.ts',
    code: 'process && readFlags(process)',
    reason: 'a pod without the process is none that the rule speaks of',
  },
  {
    file: 'control-plane/etcd-unique-ca.ts',
    code: '!flags || flags.unseen([flag]) !== undefined',
    to: '(flags.unseen([flag]) !== undefined)',
    reason: 'a pod without the process is none that the rule speaks of',
  },
  {
    file: 'control-plane/etcd-unique-ca.ts',
    code: 'reading.ok && process && file',
    reason:
      'without a reading there is no process, and without a process no file; only the types ask for all three',
  },
  {
    file: 'control-plane/etcd-unique-ca.ts',
    code: 'reading.ok',
    to: 'true',
    reason: 'a pod that cannot be read is a gap, and then the rule has no say',
  },
  {
    file: 'control-plane/flag-rule.ts',
    code: 'process && readFlags(withOperatorConfig(process, pod, lookup), version)',
    reason: 'a pod without the process is none that the rule speaks of',
  },
  {
    file: 'control-plane/flag-rule.ts',
    code: '!flags || flags.unseen(names) !== undefined',
    to: '(flags.unseen(names) !== undefined)',
    reason: 'a pod without the process is none that the rule speaks of',
  },
  {
    file: 'control-plane/flag-rule.ts',
    code: 'flags?.unseen(names) ?? (flags && undecided?.(flags, context.parameters))',
    reason: 'a pod without the process is none that the rule speaks of',
  },
  {
    file: 'images/deprecated-image-registry.ts',
    code: 'registries === givenUp',
    to: 'false',
    reason: 'the matcher of the default list is made once, to save time',
  },
  {
    file: 'images/deprecated-image-registry.ts',
    code: "typeof actual === 'string' && frozen.test(actual)",
    reason: 'elsewhere nothing is replaced, and a change that mends nothing is not offered',
  },
  {
    file: 'images/image-pull-policy.ts',
    code: "const name = written.slice(written.lastIndexOf('/') + 1)\n  if (name.includes(':') && !name.includes(':latest')) return false",
    reason: 'it only saves the reading of most images',
  },
  {
    file: 'images/known-images.ts',
    code: "'dashboard'",
    reason: 'a word that only saves the reading of most images',
  },
  {
    file: 'images/known-images.ts',
    code: "'tiller'",
    reason: 'a word that only saves the reading of most images',
  },
  {
    file: 'images/known-images.ts',
    code: "'ingress'",
    reason: 'a word that only saves the reading of most images',
  },
  {
    file: 'images/known-images.ts',
    code: '!written.includes(word)',
    reason: 'it only saves the reading of most images',
  },
  {
    file: 'images/registry-match.ts',
    code: "registries\n    .map(entry => entry.toLowerCase().replace(/\\/+$/, ''))\n    .filter(entry => entry !== '')\n  if (entries.length === 0) return () => false",
    reason: 'an empty entry is the beginning of no name, and no entry of none either',
  },
  {
    file: 'images/registry-match.ts',
    code: "const hint = ends.some(end => implied.includes(end))\n    ? undefined\n    : new RegExp(ends.map(literally).join('|'), 'i')",
    reason: 'a looser hint only makes more images be read',
  },
  {
    file: 'images/registry-match.ts',
    code: 'hint && !hint.test(written)',
    to: 'false',
    reason: 'the hint only saves the reading of most images',
  },
  {
    file: 'images/registry-match.ts',
    code: "entry.slice(Math.max(entry.lastIndexOf('/'), entry.lastIndexOf('*')) + 1)",
    reason: 'a shorter hint only makes more images be read',
  },
  {
    file: 'isolation/autoscaler-without-target.ts',
    code: 'spec?.scaleTargetRef?.name',
    reason: 'a kind was found in it, so that it is there; only the types ask',
  },
  {
    file: 'isolation/autoscaler-without-target.ts',
    code: "apiVersion = 'apps/v1'",
    reason: 'the core group is a built-in one too',
  },
  {
    file: 'isolation/exposed-sensitive-interface.ts',
    code: 'image === undefined || !images.some(one => image.includes(one))',
    reason: 'it only saves the reading of most images',
  },
  {
    file: 'isolation/namespace-default-deny.ts',
    code: "return 'denied'",
    reason: 'what is denied is neither allowed nor unknown, by whatever name',
  },
  {
    file: 'isolation/namespace-default-deny.ts',
    code: "{ namespace: '', labels: {}, serviceAccount: '', namespaceLabels: () => undefined }",
    reason: 'any pod will do to ask which directions a policy is about',
  },
  {
    file: 'lifecycle/retired-apis.ts',
    code: "...(fields !== '-' && replacement !== undefined && { replacement }),",
    reason:
      'the replacement is told to people, and written only where the fields are the same; the table has tests of its own',
  },
  {
    file: 'images/registry-match.ts',
    code: 'const longestName = 520',
    reason: 'no name that a registry takes is so long',
  },
  {
    file: 'images/registry-match.ts',
    code: 'name.length <= longestName && beginning.test(name.toLowerCase())',
    reason: 'no name that a registry takes is so long',
  },
  {
    file: 'lifecycle/retired-apis.ts',
    code: 'table.trim()',
    to: 'table',
    reason: 'an empty line is the row of no version',
  },
  {
    file: 'operations/duplicate-env.ts',
    code: '!env || env.length < 2 || areFewAndDistinct(env)',
    reason: 'fewer than two are distinct, and the quick answer only saves time',
  },
  {
    file: 'operations/duplicate-env.ts',
    code: '{\n  if (env.length > 20) return false\n  for (let i = 1; i < env.length; i++)\n    for (let before = 0; before < i; before++) if (env[i]?.name === env[before]?.name) return false\n  return true\n}',
    reason: 'false means that a closer look is taken, which finds the same',
  },
  {
    file: 'operations/replicas.ts',
    code: 'spec.minReplicas ?? 1',
    reason: 'a minimum of one that is asked for is met by the Deployment itself',
  },
  {
    file: 'operations/resource-amounts.ts',
    code: 'maximum === undefined && isPlainAmount(amount)',
    to: 'false',
    reason: 'it only saves the parsing of most amounts',
  },
  {
    file: 'operations/resource-amounts.ts',
    code: "typeof amount === 'string' && /^[1-9][0-9]{0,8}(?:m|[KMG]i|[kMG])?$/.test(amount)",
    reason: 'what it does not know is parsed',
  },
  {
    file: 'operations/resource-amounts.ts',
    code: 'size !== undefined && maximum !== undefined && size > maximum',
    reason: 'what is not there is not greater; only the types ask for the rest',
  },
  {
    file: 'operations/resource-amounts.ts',
    code: 'size !== undefined && size > 0n',
    to: '(size > 0n)',
    reason: 'what is not there is not greater; only the types ask for the rest',
  },
  {
    file: 'operations/resource-amounts.ts',
    code: "bound === 'requests'",
    to: 'true',
    reason: 'of limits, the same limit was looked at just before',
  },
  {
    file: 'operations/selector-mismatch.ts',
    code: '!found || selects(found.selector, found.podLabels)',
    to: '(!found)',
    reason: 'where all is selected, no part of the selector is at fault either',
  },
  ...['anonymous-binding', 'authenticated-group-binding', 'service-accounts-group-binding'].map(
    (id): Equivalent => ({
      file: `rbac/${id}.ts`,
      code: 'found.length === 0',
      to: 'false',
      reason: 'it only saves the reading of roles; nothing found is nothing to report',
    }),
  ),
  {
    file: 'rbac/bound-role.ts',
    code: 'roleRef?.kind',
    to: 'roleRef.kind',
    reason: 'a reference with a name is there; only the types ask',
  },
  {
    file: 'rbac/bound-role.ts',
    code: "'rbac.authorization.k8s.io/v1'",
    reason: 'of the role only kind and name are looked at',
  },
  {
    file: 'rbac/bound-role.ts',
    code: 'readBinding(binding).subjects?.[subject.index]',
    reason: 'a subject that was found stands in the list; only the types ask',
  },
  {
    file: 'rbac/role-bind.ts',
    code: `({ apiVersion: \`\${rbac}/v1\`, kind: 'ClusterRole', metadata: { name } })`,
    reason: 'what is no Role is taken for a ClusterRole, and the name decides nothing here',
  },
  {
    file: 'rbac/role-bind.ts',
    code: "const rbac = 'rbac.authorization.k8s.io'",
    reason: 'the version of that ClusterRole decides nothing either',
  },
  {
    file: 'rbac/role-bind.ts',
    code: 'hasPower({ ...bare(name), rules: known })',
    reason: 'what is no Role is taken for a ClusterRole, and the name decides nothing here',
  },
  {
    file: 'rbac/role-rights.ts',
    code: 'granted.length === 0 || isNamedBy(parameters.except, nameOf(role))',
    to: '(isNamedBy(parameters.except, nameOf(role)))',
    reason: 'it only saves time; nothing granted is nothing to report',
  },
  {
    file: 'rbac/role-rights.ts',
    code: 'rules[index]?.verbs',
    reason: 'a rule that grants something is there; only the types ask',
  },
  {
    file: 'rbac/role-rights.ts',
    code: 'resources.map(readRole)',
    reason: 'reading a role is only a matter of types',
  },
  {
    file: 'rbac/role-rights.ts',
    code: 'role.aggregationRule === undefined',
    to: 'false',
    reason: 'it only saves time: what does not gather has gathered nothing',
  },
  {
    file: 'rbac/role-rights.ts',
    code: 'role.rules?.[index]',
    reason: 'a rule that grants something is there; only the types ask',
  },
  {
    file: 'rbac/wildcard-role.ts',
    code: "!rules.some(one => chosen.some(part => one[part]?.includes('*')))",
    reason: 'it only saves time: without a wildcard there is nothing to report',
  },
  {
    file: 'workload/dangerous-capability.ts',
    code: "dangerous ??= new Set(['ALL', ...parameters.capabilities.map(plainCapability)])",
    to: "dangerous = new Set(['ALL', ...parameters.capabilities.map(plainCapability)])",
    reason: 'the set is the same each time, and made once to save time',
  },
  {
    file: 'workload/sudo-command.ts',
    code: '!container.command?.some(speaksOfSudo) && !container.args?.some(speaksOfSudo)',
    to: 'false',
    reason: 'it only saves the reading of most commands',
  },
  {
    file: 'workload/sudo-command.ts',
    code: "word.includes('sudo')",
    reason: 'it only saves the reading of most commands',
  },
  {
    file: 'workload/undropped-capability.ts',
    code: "!parameters.capabilities.every(name => plainCapability(name) === 'NET_RAW')",
    reason: 'a change that does not mend all that is asked for is not offered',
  },
]
