// Rule: no ConfigMap holds a credential.

import { readBinaryText } from '../../../kube/credentials/binary-text.ts'
import { describeCredential } from '../../../kube/credentials/credential.ts'
import { findCredentials } from '../../../kube/credentials/find-credentials.ts'
import { readConfigMap } from '../../../kube/kinds/config-map.ts'
import { childPath } from '../../../kube/path.ts'
import { defineRule, type Violation } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

/** As shells write it. */
const reference = ['$', '{REDIS_PASSWORD}'].join('')
const configMap = (data?: Readonly<Record<string, string>>) =>
  object('v1', 'ConfigMap', { name: 'settings', namespace: 'shop' }, data ? { data } : {})

export const rule = defineRule({
  id: 'credentials-in-configmap',
  title: 'No ConfigMap holds a credential',
  severity: 'high',
  subject: 'ConfigMap',
  redacts: true,
  rationale:
    'ConfigMaps are read by many who may not read Secrets, are not encrypted at rest as Secrets can be, and stand in repositories.',
  remediation:
    'Exchange the credential, since it was in the open; keep the new one in a Secret or a store of secrets, and mount that.',
  references: ['https://kubernetes.io/docs/concepts/configuration/configmap/'],

  *violations(resource) {
    const { data = {}, binaryData = {} } = readConfigMap(resource)
    yield* inTexts('data', Object.entries(data))
    yield* inTexts(
      'binaryData',
      Object.entries(binaryData).map(([key, value]) => [key, readBinaryText(value) ?? '']),
    )
  },

  examples: {
    fail: {
      'by the name of the key': { given: configMap({ password: 'hunter2' }), at: ['data.password'] },
      'by the form of the value': {
        given: configMap({ DB_URL: `AKIA${'IOSFODNN7EXAMPLE'}` }),
        at: ['data.DB_URL'],
      },
      'inside a file': {
        given: configMap({ 'app.properties': 'db.user=app\ndb.password=hunter2\n' }),
        at: ['data["app.properties"]'],
      },
      'a private key': {
        given: configMap({
          'tls.key': `-----BEGIN ${'PRIVATE KEY'}-----\nMIIE\n-----END PRIVATE KEY-----\n`,
        }),
      },
      'two in one file': {
        given: configMap({ 'config.yaml': 'db:\n  password: hunter2\nmail:\n  password: hunter3\n' }),
        at: ['data["config.yaml"]', 'data["config.yaml"]'],
      },
      'inside a file that is kept as binary data': {
        // db.password=hunter2
        given: object(
          'v1',
          'ConfigMap',
          {},
          { binaryData: { 'app.properties': 'ZGIucGFzc3dvcmQ9aHVudGVyMgo=' } },
        ),
        at: ['binaryData["app.properties"]'],
      },
      'two keys': {
        given: configMap({ aws_access_key_id: 'XXXX', pwd: 'hi', lives: '3' }),
        at: ['data.aws_access_key_id', 'data.pwd'],
      },
    },
    pass: {
      'no data': { given: configMap() },
      'binary data that is no text, and what is no binary data': {
        given: object('v1', 'ConfigMap', {}, { binaryData: { password: 'AAECAw==', token: 'not base64!' } }),
      },
      'plain settings': { given: configMap({ level: 'info', 'app.properties': 'color=blue\nlives=5\n' }) },
      'a template': { given: configMap({ env: reference, line: `REDIS_PASSWORD=${reference}` }) },
      certificates: {
        given: configMap({ 'ca.crt': '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n' }),
      },
      'paths of files': {
        given: configMap({ password_file: '/run/secrets/db', 'key.path': '/pki/tls.key' }),
      },
    },
  },
})

function* inTexts(field: string, texts: readonly (readonly [string, string])[]): Generator<Violation> {
  for (const [key, text] of texts)
    for (const credential of findCredentials(key, text))
      yield {
        path: childPath(field, key),
        actual: `${key}: ${describeCredential(credential)}`,
        expected: 'a Secret in its place',
        discriminator: key,
      }
}
