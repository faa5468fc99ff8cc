// Rule: the certificates of GKE's load balancers are managed by Google.
//
// Sources: cloud.google.com, "Use Google-managed SSL certificates with GKE Ingress" and "Secure a Gateway" (certificate maps are for
// Gateways; the class of an Ingress is told by annotation alone).

import { namespaceOf } from '../../../kube/asset-key.ts'
import { readIngress } from '../../../kube/kinds/ingress.ts'
import { gatewayKind, readGateway } from '../../../kube/network/gateway.ts'
import { annotatedClass } from '../../../kube/network/ingress-class.ts'
import { childPath } from '../../../kube/path.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule } from '../../../model/rule.ts'
import { ingress } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

const managed = 'networking.gke.io/managed-certificates'
const shared = 'ingress.gcp.kubernetes.io/pre-shared-cert'
const certificateMap = 'networking.gke.io/certmap'
/** Options of a listener by which it names certificates that Google keeps. */
const keptOptions = ['networking.gke.io/pre-shared-certs', 'networking.gke.io/cert-manager-certs']
const certificateKind = 'ManagedCertificate.networking.gke.io'

const given = (
  annotations: Readonly<Record<string, string>> = {},
  spec: Readonly<Record<string, unknown>> = {},
) => ingress(spec, { annotations })
const certificate = (name: string, namespace = 'shop') =>
  object('networking.gke.io/v1', 'ManagedCertificate', { name, namespace })
const gatewayOf = (spec: object, annotations?: Readonly<Record<string, string>>) =>
  object(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    { name: 'edge', namespace: 'shop', ...(annotations && { annotations }) },
    { spec: { gatewayClassName: 'gke-l7-global-external-managed', ...spec } },
  )
const https = { name: 'https', port: 443, protocol: 'HTTPS' }
const gateway = (tls: object, annotations?: Readonly<Record<string, string>>, spec: object = {}) =>
  gatewayOf({ listeners: [{ ...https, ...tls }], ...spec }, annotations)
const secret = { tls: { certificateRefs: [{ name: 'web-tls' }] } }

export const rule = defineRule({
  id: 'gke-managed-certificate',
  title: 'The certificates of GKE’s load balancers are managed by Google',
  severity: 'low',
  defaultEnabled: false,
  subject: 'Ingress',
  kinds: ['Ingress', gatewayKind],
  reads: [certificateKind],
  rationale:
    'A certificate that people renew runs out when they forget it, and its key passes through their hands.',
  remediation: `Create a ManagedCertificate and name it in the annotation ${managed} of the Ingress; give a Gateway a certificate map by ${certificateMap}.`,
  references: [
    'https://cloud.google.com/kubernetes-engine/docs/how-to/managed-certs',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/secure-gateway',
  ],

  *violations(resource, { lookup }) {
    if (resource.kind === 'Gateway') {
      for (const index of ownCertificates(resource))
        yield {
          path: `spec.listeners[${index}].tls`,
          actual: readGateway(resource).spec?.listeners?.[index]?.tls,
          expected: `no Secrets, but a certificate map in ${certificateMap}`,
        }
      return
    }
    if (!isExternal(resource)) return
    const annotations = resource.metadata.annotations ?? {}
    const names = namesIn(annotations[managed])
    if (names.length === 0 && annotations[shared]) return
    const lost = names.find(name => !lookup.get(certificateKind, namespaceOf(resource), name))
    if (names.length === 0 || lost !== undefined)
      yield {
        path: childPath('metadata.annotations', managed),
        actual: annotations[managed],
        expected:
          lost === undefined
            ? 'the name of a ManagedCertificate'
            : `names of ManagedCertificates; there is no ${lost}`,
      }
  },

  unseen(resource) {
    const annotations = resource.metadata.annotations ?? {}
    if (resource.kind === 'Gateway')
      return isKept(resource) ? 'whether Google renews its certificates stands in the cloud' : undefined
    return isExternal(resource) && namesIn(annotations[managed]).length === 0 && annotations[shared]
      ? `whether Google renews ${annotations[shared]} stands in the cloud`
      : undefined
  },

  examples: {
    fail: {
      'nothing said': { given: given(), at: [`metadata.annotations["${managed}"]`] },
      'a Secret': { given: given({}, { tls: [{ secretName: 'web-tls' }] }) },
      'by its class': { given: given({ 'kubernetes.io/ingress.class': 'gce' }) },
      'one that is not there': { given: given({ [managed]: 'web' }) },
      'one that is in another namespace': {
        given: given({ [managed]: 'web' }),
        with: [certificate('web', 'other')],
      },
      'the second of two is not there': {
        given: given({ [managed]: 'web, api' }),
        with: [certificate('web')],
      },
      'an empty name beside a shared one': { given: given({ [managed]: 'api', [shared]: 'web' }) },
      'a certificate map, which an Ingress does not know': { given: given({ [certificateMap]: 'web' }) },
      'a Gateway with a Secret': { given: gateway(secret), at: ['spec.listeners[0].tls'] },
      'a Gateway with two Secrets': {
        given: gatewayOf({ listeners: [{ ...https, ...secret }, { name: 'http', protocol: 'HTTP' }, https] }),
        at: ['spec.listeners[0].tls', 'spec.listeners[2].tls'],
      },
      'an Ingress without annotations': { given: object('networking.k8s.io/v1', 'Ingress') },
      'a Gateway without any': { given: gateway({}) },
      'a Gateway of one region': {
        given: gateway(secret, {}, { gatewayClassName: 'gke-l7-regional-external-managed' }),
      },
    },
    pass: {
      'one that is there': { given: given({ [managed]: 'web' }), with: [certificate('web')] },
      'two that are there': {
        given: given({ [managed]: 'web, api' }),
        with: [certificate('web'), certificate('api')],
      },
      'one beside a shared one, which the controller writes': {
        given: given({ [managed]: 'web', [shared]: 'mcrt-1' }),
        with: [certificate('web')],
      },
      'inside the network, where Google manages none': {
        given: given({ 'kubernetes.io/ingress.class': 'gce-internal' }),
      },
      'another controller by annotation': { given: given({ 'kubernetes.io/ingress.class': 'nginx' }) },
      'another controller by class': { given: given({}, { ingressClassName: 'nginx' }) },
      'another controller, beside a shared one': {
        given: given({ 'kubernetes.io/ingress.class': 'nginx', [shared]: 'web' }),
      },
      'a Gateway of another controller with a certificate map': {
        given: gateway({}, { [certificateMap]: 'web' }, { gatewayClassName: 'istio' }),
      },
      'a Gateway of a class that only ends so': {
        given: gateway(secret, {}, { gatewayClassName: 'our-gke-l7-gxlb' }),
      },
      'a Gateway without listeners': { given: gatewayOf({}) },
      'a Gateway without a class': { given: gateway(secret, {}, { gatewayClassName: undefined }) },
      'a Gateway of another controller': { given: gateway(secret, {}, { gatewayClassName: 'istio' }) },
      'a Gateway inside the network': { given: gateway(secret, {}, { gatewayClassName: 'gke-l7-rilb' }) },
      'a Gateway inside the networks of several regions': {
        given: gateway(secret, {}, { gatewayClassName: 'gke-l7-cross-regional-internal-managed-mc' }),
      },
      'a Gateway that speaks no TLS': { given: gateway({ protocol: 'HTTP' }) },
      'a Gateway that says nothing': { given: object('gateway.networking.k8s.io/v1', 'Gateway') },
    },
    notEvaluated: {
      'a shared one, which Google may manage': { given: given({ [shared]: 'web' }) },
      'a Gateway with a certificate map': { given: gateway({}, { [certificateMap]: 'web' }) },
      'a Gateway with a certificate that Google keeps': {
        given: gateway({ tls: { options: { [keptOptions[0] ?? '']: 'web' } } }),
      },
      'a Gateway with one such certificate among Secrets': {
        given: gatewayOf({
          listeners: [
            { ...https, ...secret },
            { ...https, tls: { options: { [keptOptions[0] ?? '']: 'web' } } },
          ],
        }),
      },
      'a Gateway with a certificate of one region': {
        given: gateway({ tls: { options: { [keptOptions[1] ?? '']: 'web' } } }),
      },
    },
  },
})

const namesIn = (list = '') =>
  list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')

/** True for an Ingress for which GKE makes a load balancer with a public address. */
function isExternal(resource: Resource): boolean {
  const annotated = annotatedClass(resource)
  return annotated === undefined
    ? readIngress(resource).spec?.ingressClassName === undefined
    : annotated === 'gce'
}

const isOfGke = (gatewayClassName = '') => /^gke-l7-(?!.*(?:rilb|internal))/.test(gatewayClassName)

/** True for a Gateway of GKE that names certificates which the cloud keeps. */
function isKept(resource: Resource): boolean {
  const { metadata, spec = {} } = readGateway(resource)
  if (!isOfGke(spec.gatewayClassName)) return false
  return (
    !!metadata.annotations?.[certificateMap] ||
    (spec.listeners ?? []).some(({ tls }) => keptOptions.some(option => tls?.options?.[option]))
  )
}

/** The listeners of a Gateway of GKE whose certificates people renew, by index. */
function ownCertificates(resource: Resource): number[] {
  const { spec = {} } = readGateway(resource)
  if (!isOfGke(spec.gatewayClassName) || isKept(resource)) return []
  return (spec.listeners ?? []).flatMap(({ protocol }, index) => (protocol === 'HTTPS' ? [index] : []))
}
