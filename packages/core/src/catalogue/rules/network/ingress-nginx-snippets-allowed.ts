// Rule: no configuration of ingress-nginx lets Ingresses bring nginx configuration.

import { parseGoBoolean } from '../../../kube/control-plane/go-values.ts'
import { readConfigMap } from '../../../kube/kinds/config-map.ts'
import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const configMap = (data?: Readonly<Record<string, string>>) =>
  object('v1', 'ConfigMap', { name: 'controller', namespace: 'ingress' }, data ? { data } : {})

export const rule = defineRule({
  id: 'ingress-nginx-snippets-allowed',
  title: 'No configuration of ingress-nginx lets Ingresses bring nginx configuration',
  severity: 'high',
  subject: 'ConfigMap',
  rationale:
    'With snippets allowed, who may create an Ingress in any namespace can make the controller hand out every Secret of the cluster (CVE-2021-25742).',
  remediation: 'Set allow-snippet-annotations to "false", the default since ingress-nginx 1.9.',
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations',
    'https://github.com/kubernetes/ingress-nginx/issues/7837',
  ],

  *violations(resource) {
    const allowed = readConfigMap(resource).data?.['allow-snippet-annotations']
    // The controller reads it as Go reads booleans.
    if (allowed !== undefined && parseGoBoolean(allowed) === true)
      yield { path: 'data.allow-snippet-annotations', actual: allowed, expected: '"false"' }
  },

  fix: ({ path }, resource) => setAt(resource, path, 'false'),

  examples: {
    fail: {
      allowed: {
        given: configMap({ 'allow-snippet-annotations': 'true' }),
        at: ['data.allow-snippet-annotations'],
        mended: { 'data.allow-snippet-annotations': 'false' },
      },
      'in capital letters': { given: configMap({ 'allow-snippet-annotations': 'TRUE' }) },
      'as a number, which the controller takes for true': {
        given: configMap({ 'allow-snippet-annotations': '1' }),
      },
    },
    pass: {
      forbidden: { given: configMap({ 'allow-snippet-annotations': 'false' }) },
      'nothing said': { given: configMap({ 'use-gzip': 'true' }) },
      'no data': { given: configMap() },
      'a word that the controller passes over': { given: configMap({ 'allow-snippet-annotations': 'yes' }) },
    },
  },
})
