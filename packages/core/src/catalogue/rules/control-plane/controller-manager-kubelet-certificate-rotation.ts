// Rule: kubelets may renew their serving certificates.

import { controllerManager, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'controller-manager-kubelet-certificate-rotation',
  title: 'Kubelets may renew their serving certificates',
  severity: 'medium',
  component: 'kube-controller-manager',
  flags: ['feature-gates'],
  rationale:
    'With the feature RotateKubeletServerCertificate off, kubelets keep a certificate until it expires or sign their own.',
  remediation: 'Take RotateKubeletServerCertificate=false out of --feature-gates.',
  references: ['https://kubernetes.io/docs/tasks/tls/certificate-rotation/'],

  *faults(flags) {
    const gate = flags.featureGate('RotateKubeletServerCertificate')
    if (gate.value === false)
      yield { at: gate, expected: '--feature-gates without RotateKubeletServerCertificate=false' }
  },

  examples: {
    fail: {
      off: {
        given: controllerManager('--feature-gates=RotateKubeletServerCertificate=false'),
        at: [word(1)],
      },
      'off among others': {
        given: controllerManager('--feature-gates=A=true,RotateKubeletServerCertificate=false'),
      },
      'off by a second flag': {
        given: controllerManager(
          '--feature-gates=A=true',
          '--feature-gates=RotateKubeletServerCertificate=false',
        ),
        at: [word(2)],
      },
    },
    pass: {
      'not given, which means on': { given: controllerManager() },
      on: { given: controllerManager('--feature-gates=RotateKubeletServerCertificate=true') },
      'another gate': { given: controllerManager('--feature-gates=RotateKubeletClientCertificate=false') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-controller-manager') },
    },
  },
})
