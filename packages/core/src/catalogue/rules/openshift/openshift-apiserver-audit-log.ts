// Rule: OpenShift's own API server keeps an audit log.

import { parseGoInteger } from '../../../kube/control-plane/go-values.ts'
import { type FlagValues, readServerArguments } from '../../../kube/openshift/operator-config.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const config = (flags: object, name = 'config', namespace = 'openshift-apiserver') =>
  object(
    'v1',
    'ConfigMap',
    { name, namespace },
    { data: { 'config.yaml': JSON.stringify({ apiServerArguments: flags }) } },
  )
const sound = {
  'audit-log-path': ['/var/log/openshift-apiserver/audit.log'],
  'audit-log-maxbackup': ['10'],
  'audit-log-maxsize': ['100'],
}

export const rule = defineRule({
  id: 'openshift-apiserver-audit-log',
  title: 'OpenShift’s own API server keeps an audit log',
  severity: 'medium',
  subject: 'ConfigMap',
  absent: 'not-collected',
  parameters: {
    backups: {
      type: 'number',
      default: 10,
      description: 'How many old files are to be kept at least; 0: not asked.',
    },
    megabytes: {
      type: 'number',
      default: 100,
      description: 'How large a file may grow at least; 0: not asked.',
    },
  },
  rationale:
    'Builds, routes, projects and image streams are served by openshift-apiserver; what is done to them stands in its audit log alone.',
  remediation: 'Remove audit flags from spec.unsupportedConfigOverrides of the OpenShiftAPIServer.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/security_and_compliance/audit-log-view',
  ],

  concerns: ({ metadata: { name, namespace } }) => namespace === 'openshift-apiserver' && name === 'config',

  *violations(resource, { parameters: { backups, megabytes } }) {
    const flags = readServerArguments(resource)
    if (!flags) return
    const fault = (expected: string) => ({
      path: 'metadata.name',
      actual: resource.metadata.name,
      expected: `${expected} among apiServerArguments`,
    })
    if (!lastOf(flags, 'audit-log-path')) yield fault('audit-log-path=<file>')
    for (const [flag, least] of [
      ['audit-log-maxbackup', backups],
      ['audit-log-maxsize', megabytes],
    ] as const) {
      const value = lastOf(flags, flag)
      const amount = value === undefined ? undefined : parseGoInteger(value)
      if (least > 0 && (amount === undefined || amount < least))
        yield fault(`${flag} of ${least} or more, not ${value ?? 'unset'},`)
    }
  },

  unseen: resource =>
    readServerArguments(resource) ? undefined : 'its config.yaml is not of the known form, or was not read',

  examples: {
    fail: {
      'no file': { given: config({ ...sound, 'audit-log-path': [] }), at: ['metadata.name'] },
      'an empty file name': { given: config({ ...sound, 'audit-log-path': [''] }) },
      'too few files': { given: config({ ...sound, 'audit-log-maxbackup': ['9'] }) },
      'too small files': { given: config({ ...sound, 'audit-log-maxsize': ['99'] }) },
      'no numbers': { given: config({ ...sound, 'audit-log-maxsize': ['many'] }) },
      'nothing said of old files': {
        given: config({ 'audit-log-path': ['/a'], 'audit-log-maxsize': ['100'] }),
      },
      'fewer than asked for, at last': {
        given: config({ ...sound, 'audit-log-maxbackup': ['30', '10'] }),
        parameters: { backups: 20 },
      },
    },
    pass: {
      'as OpenShift sets it': { given: config(sound) },
      'a file, where nothing else is asked for': {
        given: config({ 'audit-log-path': ['/a'] }),
        parameters: { backups: 0, megabytes: 0 },
      },
      'an amount of one, where nothing is asked for': {
        given: config({ ...sound, 'audit-log-maxbackup': ['0'] }),
        parameters: { backups: 0 },
      },
      'more at last': { given: config({ ...sound, 'audit-log-maxbackup': ['1', '11'] }) },
    },
    notEvaluated: {
      'no configuration': {
        given: object('v1', 'ConfigMap', { name: 'config', namespace: 'openshift-apiserver' }),
      },
      'flags of another form': { given: config({ 'audit-log-path': '/a' }) },
    },
    unconcerned: {
      'another ConfigMap': { given: config(sound, 'audit') },
      'one of that name elsewhere': { given: config({}, 'config', 'shop') },
    },
  },
})

/** Of a flag that is given again the last counts. */
const lastOf = (flags: FlagValues, flag: string): string | undefined => flags[flag]?.at(-1)
