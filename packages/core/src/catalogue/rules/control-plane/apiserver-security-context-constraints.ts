// Rule: OpenShift's API server holds pods to security context constraints.

import { admissionFlags, openShiftConstraints } from '../../../kube/control-plane/admission-plugins.ts'
import { isOperated, runsComponent } from '../../../kube/control-plane/component.ts'
import { apiServerConfig, operatedApiServer, operatedControllerManager } from '../../../samples/openshift.ts'
import { apiServer } from './component-pods.ts'
import { switchedOff } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-security-context-constraints',
  title: 'OpenShift’s API server holds pods to security context constraints',
  severity: 'high',
  component: 'kube-apiserver',
  flags: admissionFlags,
  rationale:
    'Without its plugin the security context constraints hold nobody to anything: any pod may be privileged.',
  remediation: `Take ${openShiftConstraints} out of disable-admission-plugins in the unsupportedConfigOverrides of the KubeAPIServer.`,
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/managing-pod-security-policies',
  ],

  // No other API server has the plugin.
  concerns: pod => isOperated(pod) && runsComponent(pod, 'kube-apiserver'),

  faults: flags => switchedOff(flags, openShiftConstraints),

  examples: {
    fail: {
      'switched off': {
        given: operatedApiServer(),
        with: [apiServerConfig({ 'disable-admission-plugins': ['A', openShiftConstraints] })],
        at: ['metadata.labels.revision'],
      },
    },
    pass: {
      'switched on': {
        given: operatedApiServer(),
        with: [apiServerConfig({ 'enable-admission-plugins': ['NodeRestriction', openShiftConstraints] })],
      },
      'not named, which means on': { given: operatedApiServer(), with: [apiServerConfig({})] },
      'another plugin switched off': {
        given: operatedApiServer(),
        with: [
          apiServerConfig({ 'disable-admission-plugins': ['security.openshift.io/SCCExecRestrictions'] }),
        ],
      },
      'switched on and off': {
        given: operatedApiServer(),
        with: [
          apiServerConfig({
            'disable-admission-plugins': [openShiftConstraints],
            'enable-admission-plugins': [openShiftConstraints],
          }),
        ],
      },
    },
    unconcerned: {
      'the API server of another distribution': { given: apiServer() },
      'another program of OpenShift': { given: operatedControllerManager() },
    },
  },
})
