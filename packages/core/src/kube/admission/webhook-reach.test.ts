import { describe, expect, it } from 'vitest'
import { failurePolicyOf, type Webhook } from './kinds.ts'
import { coversNamespace, coversPodCreation } from './webhook-reach.ts'

const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }

describe('what a webhook is asked about', () => {
  it.each<[string, object, boolean]>([
    ['pods', {}, true],
    ['every operation', { operations: ['*'] }, true],
    ['every group and resource', { apiGroups: ['*'], resources: ['*'] }, true],
    ['resources and subresources', { resources: ['*/*'] }, true],
    ['pods among others', { resources: ['services', 'pods'] }, true],
    ['namespaced ones', { scope: 'Namespaced' }, true],
    ['updates alone', { operations: ['UPDATE'] }, false],
    ['another group', { apiGroups: ['apps'] }, false],
    ['another version', { apiVersions: ['v2'] }, false],
    ['subresources alone', { resources: ['pods/*'] }, false],
    ['cluster-wide objects alone', { scope: 'Cluster' }, false],
  ])('%s', (_, own, expected) => {
    expect(coversPodCreation({ rules: [{ ...rule, ...own }] })).toBe(expected)
  })

  it('is nothing without rules', () => {
    expect(coversPodCreation({})).toBe(false)
  })
})

describe('whether a webhook is asked about a namespace', () => {
  const nameIs = (operator: string, ...values: string[]) => ({
    namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values }] },
  })
  const conditions = { matchConditions: [{ name: 'x', expression: 'true' }] }
  it.each<[string, Webhook, Record<string, string> | undefined, boolean | undefined]>([
    ['all', {}, undefined, true],
    ['named', nameIs('In', 'shop'), undefined, true],
    ['left out by name', nameIs('NotIn', 'shop'), undefined, false],
    ['another one named', nameIs('In', 'other'), {}, false],
    [
      'by the label of its name',
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
      undefined,
      true,
    ],
    ['by labels that it has', { namespaceSelector: { matchLabels: { team: 'a' } } }, { team: 'a' }, true],
    ['by labels that it lacks', { namespaceSelector: { matchLabels: { team: 'a' } } }, {}, false],
    [
      'by labels that are not known',
      { namespaceSelector: { matchLabels: { team: 'a' } } },
      undefined,
      undefined,
    ],
    [
      'left out by name, and by labels that are not known',
      { namespaceSelector: { ...nameIs('NotIn', 'shop').namespaceSelector, matchLabels: { team: 'a' } } },
      undefined,
      false,
    ],
    ['by conditions', conditions, {}, undefined],
    ['left out, whatever the conditions', { ...nameIs('NotIn', 'shop'), ...conditions }, {}, false],
    [
      'by a selector that is refused',
      { namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'is' }] } },
      {},
      undefined,
    ],
  ])('%s', (_, webhook, labels, expected) => {
    expect(coversNamespace(webhook, 'shop', labels)).toBe(expected)
  })
})

describe('what becomes of requests while a webhook does not answer', () => {
  it.each([
    ['admissionregistration.k8s.io/v1', undefined, 'Fail'],
    ['admissionregistration.k8s.io/v1', 'Ignore', 'Ignore'],
    ['admissionregistration.k8s.io/v1beta1', undefined, 'Ignore'],
    ['admissionregistration.k8s.io/v1beta1', 'Fail', 'Fail'],
  ])('%s, %s: %s', (apiVersion, failurePolicy, expected) => {
    const resource = { apiVersion, kind: 'ValidatingWebhookConfiguration', metadata: {} }
    expect(failurePolicyOf(resource, failurePolicy === undefined ? {} : { failurePolicy })).toBe(expected)
  })
})
