// Rule: what OpenShift serves speaks TLS 1.2 or newer.

import { apiServerKind } from '../../../kube/openshift/kinds.ts'
import {
  ingressControllerKind,
  kubeletConfigKind,
  readTlsServer,
} from '../../../kube/openshift/platform-kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { openShiftApiServer, operator } from '../../../samples/openshift.ts'

const speaking = (tlsSecurityProfile: object) => openShiftApiServer({ tlsSecurityProfile })
const custom = (minTLSVersion?: string) =>
  speaking({ type: 'Custom', custom: { ciphers: [], ...(minTLSVersion !== undefined && { minTLSVersion }) } })

export const rule = defineRule({
  id: 'openshift-tls-profile',
  title: 'What OpenShift serves speaks TLS 1.2 or newer',
  severity: 'medium',
  subject: apiServerKind,
  kinds: [apiServerKind, ingressControllerKind, kubeletConfigKind],
  absent: 'not-collected',
  rationale: 'TLS 1.0 and 1.1 have known weaknesses by which others read or change what is sent.',
  remediation:
    'Set spec.tlsSecurityProfile to Intermediate or Modern, or leave it out; give a custom profile minTLSVersion VersionTLS12 or newer.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/security_and_compliance/tls-security-profiles',
  ],

  // Of APIServers one counts.
  concerns: ({ kind, metadata }) => kind !== 'APIServer' || metadata.name === 'cluster',

  *violations(resource) {
    const { type, custom = {} } = readTlsServer(resource).spec?.tlsSecurityProfile ?? {}
    const path = 'spec.tlsSecurityProfile'
    if (type === 'Old') yield { path: `${path}.type`, actual: type, expected: 'Intermediate or Modern' }
    if (type === 'Custom' && !/^VersionTLS1[23]$/.test(custom.minTLSVersion ?? ''))
      yield {
        path: `${path}.custom.minTLSVersion`,
        actual: custom.minTLSVersion,
        expected: 'VersionTLS12 or VersionTLS13',
      }
  },

  examples: {
    fail: {
      'the old profile': { given: speaking({ type: 'Old' }), at: ['spec.tlsSecurityProfile.type'] },
      'a custom profile from 1.1': {
        given: custom('VersionTLS11'),
        at: ['spec.tlsSecurityProfile.custom.minTLSVersion'],
      },
      'a custom profile without a version': { given: custom() },
      'a word that begins like a version': { given: custom('VersionTLS12x') },
      'a word that ends like a version': { given: custom('xVersionTLS12') },
      'a custom profile that says nothing': { given: speaking({ type: 'Custom' }) },
      'the old profile of a router': {
        given: operator('IngressController', { tlsSecurityProfile: { type: 'Old' } }),
      },
      'the old profile of kubelets': {
        given: object(
          'machineconfiguration.openshift.io/v1',
          'KubeletConfig',
          { name: 'tls' },
          { spec: { tlsSecurityProfile: { type: 'Old' } } },
        ),
      },
    },
    pass: {
      'nothing said': { given: openShiftApiServer() },
      'a router that says nothing': { given: operator('IngressController') },
      intermediate: { given: speaking({ type: 'Intermediate' }) },
      modern: { given: speaking({ type: 'Modern' }) },
      'a custom profile from 1.2': { given: custom('VersionTLS12') },
      'a custom profile from 1.3': { given: custom('VersionTLS13') },
      'no spec at all': { given: object('config.openshift.io/v1', 'APIServer', { name: 'cluster' }) },
      'a version of a profile that is not asked for': {
        given: speaking({ type: 'Intermediate', custom: { minTLSVersion: 'VersionTLS10' } }),
      },
    },
    unconcerned: {
      'an APIServer of another name, which counts for nothing': {
        given: { ...speaking({ type: 'Old' }), metadata: { name: 'other' } },
      },
    },
  },
})
