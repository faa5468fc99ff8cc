// What asks for scans of images before a pod runs, engine by engine.

import { describe, expect, it } from 'vitest'
import { validatingWebhooks, webhook } from '../../samples/admission.ts'
import { namespace, object } from '../../samples/objects.ts'
import { imageScanGates } from './image-scan-gates.ts'

const verdicts = (...resources: Parameters<typeof imageScanGates>[0]) =>
  imageScanGates(resources).map(({ enforces }) => enforces)

const policy = (apiVersion: string, kind: string, spec: object) => object(apiVersion, kind, {}, { spec })
const attesting = (type: string) => ({ verifyImages: [{ attestations: [{ type }] }] })
const kyverno = (type: string, action: string) =>
  policy('kyverno.io/v1', 'ClusterPolicy', { validationFailureAction: action, rules: [attesting(type)] })

describe('a policy of Kyverno', () => {
  it.each([
    ['https://cosign.sigstore.dev/attestation/vuln/v1', 'Enforce', [true]],
    ['sbom/cyclone-dx', 'Enforce', []],
    ['application/sarif+json', 'Audit', [false]],
    ['trivy/report', 'Enforce', [true]],
    ['example.com/scan', 'Enforce', [true]],
    ['example.com/scanner-free', 'Enforce', []],
  ])('that asks for %s, to %s', (type, action, expected) => {
    expect(verdicts(kyverno(type, action))).toEqual(expected)
  })

  it.each([
    [{ rules: [{ verifyImages: [{ attestations: [[7]] }] }] }, ['unknown']],
    [{ rules: 'all' }, ['unknown']],
    [{ rules: [{ verifyImages: [{ attestations: [null] }] }] }, []],
    [{ rules: null }, []],
  ])('of which no list can be read may ask for them: %j', (spec, expected) => {
    expect(verdicts(policy('kyverno.io/v1', 'ClusterPolicy', spec))).toEqual(expected)
  })

  it('in CEL that speaks of scans may ask for them', () => {
    const validations = [{ expression: 'http.Get("http://grype/report").ok' }]
    expect(verdicts(policy('policies.kyverno.io/v1', 'ValidatingPolicy', { validations }))).toEqual([
      'unknown',
    ])
    expect(verdicts(policy('policies.kyverno.io/v1', 'ValidatingPolicy', {}))).toEqual([])
  })
})

it('a policy of sigstore counts where a namespace asks for it', () => {
  const spec = { authorities: [{ attestations: [{ predicateType: 'vuln' }] }] }
  const own = policy('policy.sigstore.dev/v1beta1', 'ClusterImagePolicy', spec)
  const asks = namespace({ labels: { 'policy.sigstore.dev/include': 'true' } })
  expect(verdicts(own, asks)).toEqual([true])
  expect(verdicts(own, namespace())).toEqual([false])
})

it('a template of Gatekeeper counts where it calls out or is named so', () => {
  const template = (name: string, rego: string) =>
    object('templates.gatekeeper.sh/v1', 'ConstraintTemplate', { name }, { spec: { targets: [{ rego }] } })
  expect(verdicts(template('k8sreports', 'x := external_data ({"provider": "p"})'))).toEqual(['unknown'])
  expect(verdicts(template('trivyreports', ''))).toEqual(['unknown'])
  expect(verdicts(template('k8srequiredlabels', 'x := input.review'))).toEqual([])
})

it.each([
  ['scanner', 'Fail', ['unknown']],
  ['scanner', 'Ignore', []],
  ['connaisseur-svc', 'Fail', []],
  ['policy-server-default', 'Fail', []],
])('a webhook of %s that is set to %s', (name, failurePolicy, expected) => {
  const clientConfig = { service: { name, namespace: 'guard' } }
  expect(verdicts(validatingWebhooks(webhook({ clientConfig, failurePolicy })))).toEqual(expected)
})
