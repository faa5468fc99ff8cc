// Rule: a ValidatingAdmissionPolicy is bound, and its binding denies.

import { readAdmissionPolicyBinding } from '../../../kube/admission/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { admissionPolicy, admissionPolicyBinding } from '../../../samples/admission.ts'
import { object } from '../../../samples/objects.ts'

const kind = 'ValidatingAdmissionPolicyBinding'

export const rule = defineRule({
  id: 'admission-policy-without-binding',
  title: 'A ValidatingAdmissionPolicy is bound so that it denies',
  severity: 'low',
  subject: 'ValidatingAdmissionPolicy',
  reads: [kind],
  rationale:
    'Without a binding a policy has no effect, and with one that only warns or audits it stops nobody.',
  remediation:
    'Create a ValidatingAdmissionPolicyBinding for the policy with validationActions: [Deny]; or delete the policy.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/'],

  *violations(resource, { lookup }) {
    const { name } = resource.metadata
    const bindings = lookup
      .list(kind)
      .map(binding => readAdmissionPolicyBinding(binding).spec ?? {})
      .filter(({ policyName }) => policyName === name)
    if (bindings.some(({ validationActions = [] }) => validationActions.includes('Deny'))) return
    yield {
      path: 'metadata.name',
      actual: name,
      expected:
        bindings.length === 0
          ? 'a ValidatingAdmissionPolicyBinding for it'
          : 'a ValidatingAdmissionPolicyBinding for it that denies',
    }
  },

  examples: {
    fail: {
      'no binding': { given: admissionPolicy({}, { name: 'unbound' }), at: ['metadata.name'] },
      'a binding that warns': {
        given: admissionPolicy({}, { name: 'warning' }),
        with: [admissionPolicyBinding('warning', ['Warn', 'Audit'])],
      },
      'a binding that says nothing of what it does': {
        given: admissionPolicy({}, { name: 'silent' }),
        with: [object('admissionregistration.k8s.io/v1', kind, {}, { spec: { policyName: 'silent' } })],
      },
      'a binding that is empty': {
        given: admissionPolicy(),
        with: [object('admissionregistration.k8s.io/v1', kind)],
      },
      'a binding of another policy': { given: admissionPolicy(), with: [admissionPolicyBinding('other')] },
    },
    pass: {
      'a binding that denies': { given: admissionPolicy(), with: [admissionPolicyBinding('replicas')] },
      'a binding that denies and audits': {
        given: admissionPolicy(),
        with: [admissionPolicyBinding('replicas', ['Deny', 'Audit'])],
      },
      'one that warns here and one that denies there': {
        given: admissionPolicy(),
        with: [admissionPolicyBinding('replicas', ['Warn']), admissionPolicyBinding('replicas')],
      },
    },
  },
})
