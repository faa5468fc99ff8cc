// Rule: nothing is written in an API version that Kubernetes no longer serves.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { cronJob, deployment } from '../../../samples/pods.ts'
import { findRetiredApi } from './retired-apis.ts'

export const rule = defineRule({
  id: 'deprecated-api',
  title: 'Nothing is written in an API version that Kubernetes no longer serves',
  severity: 'low',
  subject: '*',
  parameters: {
    stage: {
      type: 'string',
      default: 'removed',
      oneOf: ['removed', 'deprecated'],
      description: 'Whether only removed API versions are reported, or deprecated ones too.',
    },
    version: {
      type: 'kubernetes-version',
      default: 'cluster',
      description: 'The version of Kubernetes that must serve it.',
    },
  },
  rationale:
    'The API server refuses such a manifest: what it should bring, a network policy or a role, is missing after the next installation or upgrade.',
  remediation:
    'Write it in the API version that took its place; the migration guide says what changed in its fields.',
  references: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],

  *violations(resource, { parameters: { stage, version } }) {
    const api = findRetiredApi(resource)
    if (!api) return
    const since = stage === 'deprecated' ? api.deprecated : api.removed
    if (version.minor < since) return
    const isGone = version.minor >= api.removed
    yield {
      path: 'apiVersion',
      actual: resource.apiVersion,
      expected:
        `${api.replacement ?? 'nothing of the kind'}; this is ` +
        (isGone ? `gone since 1.${api.removed}` : `deprecated since 1.${api.deprecated}`),
    }
  },

  fix(_, resource) {
    const api = findRetiredApi(resource)
    return api?.sameFields && api.replacement ? setAt(resource, 'apiVersion', api.replacement) : []
  },

  examples: {
    fail: {
      'a Deployment of old': {
        given: { ...deployment(), apiVersion: 'extensions/v1beta1' },
        at: ['apiVersion'],
        mended: false,
      },
      'an Ingress of old, whose fields are others now': {
        given: object('networking.k8s.io/v1beta1', 'Ingress'),
        mended: false,
      },
      'a role of old': { given: object('rbac.authorization.k8s.io/v1beta1', 'ClusterRole') },
      'a kind that is gone altogether': {
        given: object('policy/v1beta1', 'PodSecurityPolicy'),
        mended: false,
      },
      'a CronJob from the version on that dropped it': {
        given: { ...cronJob(), apiVersion: 'batch/v1beta1' },
        parameters: { version: '1.25' },
      },
      'deprecated, where that counts': {
        given: { ...cronJob(), apiVersion: 'batch/v1beta1' },
        parameters: { version: '1.24', stage: 'deprecated' },
      },
    },
    pass: {
      current: { given: deployment() },
      'still served, though deprecated': {
        given: { ...cronJob(), apiVersion: 'batch/v1beta1' },
        parameters: { version: '1.24' },
      },
      'before it was deprecated': {
        given: { ...cronJob(), apiVersion: 'batch/v1beta1' },
        parameters: { version: '1.20', stage: 'deprecated' },
      },
      'another kind of the same API version': { given: object('policy/v1beta1', 'Widget') },
      'a beta of a foreign group': { given: object('example.com/v1beta1', 'Ingress') },
    },
  },
})
