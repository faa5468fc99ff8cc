// Rule: a namespace says which Pod Security Standard is enforced in it.

import { setAt } from '../../../kube/patch.ts'
import { childPath } from '../../../kube/path.ts'
import { defineRule } from '../../../model/rule.ts'
import { namespace } from '../../../samples/objects.ts'

/** From the weakest to the strictest. Source: kubernetes.io, Pod Security Standards. */
const levels: readonly string[] = ['privileged', 'baseline', 'restricted']
const label = 'pod-security.kubernetes.io/enforce'
const path = childPath('metadata.labels', label)
const enforcing = (level: string) => namespace({ labels: { [label]: level } })

export const rule = defineRule({
  id: 'namespace-pod-security',
  title: 'A namespace enforces a Pod Security Standard',
  severity: 'medium',
  subject: 'Namespace',
  appliesTo: { kubernetes: { min: '1.23' } },
  parameters: {
    level: {
      type: 'string',
      default: 'baseline',
      oneOf: levels,
      description: 'The weakest level that may be enforced; with privileged it is enough that one is named.',
    },
  },
  rationale:
    'Without a level that is enforced, whoever may create pods in the namespace may create privileged ones and take over the node.',
  remediation:
    'Label the namespace pod-security.kubernetes.io/enforce: baseline, or restricted where its workloads allow it; try the level with the warn and audit labels first.',
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/',
  ],

  *violations(resource, { parameters }) {
    const enforced = resource.metadata.labels?.[label]
    if (strictnessOf(enforced) < strictnessOf(parameters.level))
      yield {
        path,
        actual: enforced,
        expected: levels.slice(strictnessOf(parameters.level)).join(' or '),
      }
  },

  fix: (violation, resource, { parameters }) => setAt(resource, violation.path, parameters.level),

  examples: {
    fail: {
      'no labels': { given: namespace(), at: [path] },
      'a weaker level': { given: enforcing('privileged') },
      'weaker than asked for': { given: enforcing('baseline'), parameters: { level: 'restricted' } },
      'a word that is no level': { given: enforcing('Restricted') },
      'warnings alone': { given: namespace({ labels: { 'pod-security.kubernetes.io/warn': 'restricted' } }) },
      'none named, where any would do': { given: namespace(), parameters: { level: 'privileged' } },
      'kube-system too': { given: namespace({ name: 'kube-system' }) },
    },
    pass: {
      'the level asked for': { given: enforcing('baseline') },
      'a stricter one': { given: enforcing('restricted') },
      'the weakest, where any will do': {
        given: enforcing('privileged'),
        parameters: { level: 'privileged' },
      },
    },
  },
})

/** 0 to 2; below 0 for no level at all. */
const strictnessOf = (level: string | undefined) => levels.indexOf(level ?? '')
