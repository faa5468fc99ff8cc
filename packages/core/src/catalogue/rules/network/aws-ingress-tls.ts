// Rule: the load balancer that AWS makes for an Ingress ends TLS with a certificate.
//
// Source: kubernetes-sigs.github.io/aws-load-balancer-controller, "Ingress annotations" (HTTP on port 80 where nothing is said, HTTPS on 443
// where a certificate is named) and "Certificate Discovery" (by the hosts of the Ingress).

import { type Ingress, readIngress } from '../../../kube/kinds/ingress.ts'
import {
  annotatedClass,
  awsParameterKinds,
  awsParametersOf,
  ingressClassOf,
} from '../../../kube/network/ingress-class.ts'
import { childPath } from '../../../kube/path.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { isRecord } from '../../../model/shape.ts'
import { ingress } from '../../../samples/network.ts'
import { object } from '../../../samples/objects.ts'

const prefix = 'alb.ingress.kubernetes.io/'
const certificate = `${prefix}certificate-arn`
const listenPorts = `${prefix}listen-ports`
const arn = 'arn:aws:acm:eu-west-1:111122223333:certificate/1'
const controllers = ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb']

const alb = (annotations: Readonly<Record<string, string>> = {}, spec: object = {}) =>
  ingress({ ingressClassName: 'alb', ...spec }, { annotations })
const https = { [listenPorts]: '[{"HTTP": 80}, {"HTTPS": 443}]' }
const ingressClass = (spec: object, annotations = {}) =>
  object('networking.k8s.io/v1', 'IngressClass', { name: 'alb', annotations }, { spec })
const ofAws = ingressClass({ controller: 'ingress.k8s.aws/alb' })
const withParameters = (apiGroup: string) =>
  ingressClass({
    controller: apiGroup === 'elbv2.k8s.aws' ? 'ingress.k8s.aws/alb' : 'eks.amazonaws.com/alb',
    parameters: { apiGroup, kind: 'IngressClassParams', name: 'public' },
  })
const parameters = (spec: object, apiVersion = 'elbv2.k8s.aws/v1beta1') =>
  object(apiVersion, 'IngressClassParams', { name: 'public' }, { spec })

export const rule = defineRule({
  id: 'aws-ingress-tls',
  title: 'The load balancer that AWS makes for an Ingress ends TLS with a certificate',
  severity: 'medium',
  // ingress-tls says the same of every Ingress; this one knows how the controllers of AWS are told.
  defaultEnabled: false,
  subject: 'Ingress',
  reads: ['IngressClass', ...awsParameterKinds],
  rationale:
    'Without a certificate the load balancer speaks HTTP: what is sent, passwords and sessions too, can be read and changed on the way.',
  remediation: `Name a certificate in the annotation ${certificate} or in the IngressClassParams, or list HTTPS in ${listenPorts} for hosts of which AWS Certificate Manager has certificates.`,
  references: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/cert_discovery/',
    'https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html',
  ],

  *violations(resource, { lookup }) {
    const own = readIngress(resource)
    const reading = readBalancer(own, lookup)
    if (reading === undefined || typeof reading === 'string') return
    const { isCertified, speaksHttps, isGrouped } = reading
    const at = (name: string, expected: string) => ({
      path: childPath('metadata.annotations', name),
      actual: own.metadata.annotations?.[name],
      expected,
    })
    if (isCertified && !speaksHttps) yield at(listenPorts, 'a list with HTTPS in it')
    else if (!speaksHttps) yield at(certificate, 'the ARN of a certificate')
    else if (!isCertified && !hasHosts(own) && !isGrouped)
      yield at(certificate, 'the ARN of a certificate, as there is no host by which to find one')
  },

  unseen(resource, { lookup }) {
    const own = readIngress(resource)
    const reading = readBalancer(own, lookup)
    if (typeof reading === 'string') return reading
    return reading?.isGrouped && !reading.isCertified && !hasHosts(own)
      ? 'another Ingress of its group may name the certificate'
      : undefined
  },

  examples: {
    fail: {
      'nothing said': {
        given: alb(),
        with: [ofAws],
        at: [`metadata.annotations["${certificate}"]`],
      },
      'by annotation, whatever class is named': {
        given: ingress(
          { ingressClassName: 'nginx' },
          { annotations: { 'kubernetes.io/ingress.class': 'alb' } },
        ),
      },
      'by annotation, and no class at all': {
        given: ingress({}, { annotations: { 'kubernetes.io/ingress.class': 'alb' } }),
      },
      'by the class of EKS': { given: alb(), with: [ingressClass({ controller: 'eks.amazonaws.com/alb' })] },
      'by the default class': {
        given: ingress(),
        with: [
          ingressClass(
            { controller: 'ingress.k8s.aws/alb' },
            { 'ingressclass.kubernetes.io/is-default-class': 'true' },
          ),
        ],
      },
      'a certificate, and HTTP alone': {
        given: alb({ [certificate]: arn, [listenPorts]: '[{"HTTP": 80}]' }),
        with: [ofAws],
        at: [`metadata.annotations["${listenPorts}"]`],
      },
      'ports that cannot be read': { given: alb({ [listenPorts]: 'HTTPS:443' }), with: [ofAws] },
      'ports that are a list of words': { given: alb({ [listenPorts]: '["HTTPS", 443]' }), with: [ofAws] },
      'ports that are no list': { given: alb({ [listenPorts]: '{"HTTPS": 443}' }), with: [ofAws] },
      'HTTPS without a certificate or a host': {
        given: alb(https, { rules: [{ http: {} }], tls: [{ hosts: [] }] }),
        with: [ofAws],
        at: [`metadata.annotations["${certificate}"]`],
      },
      'HTTPS without rules': { given: alb(https, { rules: undefined }), with: [ofAws] },
      'parameters without a certificate': {
        given: alb(),
        with: [withParameters('elbv2.k8s.aws'), parameters({ certificateArn: [], scheme: 'internal' })],
      },
      'parameters of another kind': {
        given: alb(),
        with: [
          ingressClass({
            controller: 'ingress.k8s.aws/alb',
            parameters: { apiGroup: 'example.com', kind: 'IngressClassParams', name: 'public' },
          }),
          parameters({ certificateArn: [arn] }),
        ],
      },
      'an empty certificate': { given: alb({ [certificate]: '' }), with: [ofAws] },
    },
    pass: {
      'a certificate': { given: alb({ [certificate]: arn }), with: [ofAws] },
      'a certificate, and HTTPS among the ports': {
        given: alb({ [certificate]: arn, ...https }),
        with: [ofAws],
      },
      'a certificate that is found by the host of a rule': { given: alb(https), with: [ofAws] },
      'a certificate that is found by the host of spec.tls': {
        given: alb(https, { rules: [{ http: {} }], tls: [{ hosts: ['a.example.com'] }] }),
        with: [ofAws],
      },
      'a certificate of the parameters': {
        given: alb(),
        with: [withParameters('elbv2.k8s.aws'), parameters({ certificateArn: [arn] })],
      },
      'a certificate of the parameters of EKS': {
        given: alb(),
        with: [
          withParameters('eks.amazonaws.com'),
          parameters({ certificateARNs: [arn] }, 'eks.amazonaws.com/v1'),
        ],
      },
      'a group in which it names one itself': {
        given: alb({ [certificate]: arn, [`${prefix}group.name`]: 'shops' }, { rules: [{ http: {} }] }),
        with: [ofAws],
      },
      'a group, and a host': {
        given: alb({ ...https, [`${prefix}group.name`]: 'shops' }),
        with: [ofAws],
      },
      'another controller': { given: alb(), with: [ingressClass({ controller: 'k8s.io/ingress-nginx' })] },
      'another controller by annotation': {
        given: ingress({}, { annotations: { 'kubernetes.io/ingress.class': 'nginx' } }),
        with: [ofAws],
      },
      'no class at all': { given: ingress(), with: [ofAws] },
      'no spec at all': { given: object('networking.k8s.io/v1', 'Ingress') },
    },
    notEvaluated: {
      'a class that was not read': { given: alb() },
      'a class that was not read, by an empty annotation': {
        given: alb({ 'kubernetes.io/ingress.class': '' }),
      },
      'parameters that were not read': { given: alb(), with: [withParameters('elbv2.k8s.aws')] },
      'a group, in which another may name it': {
        given: alb({ ...https, [`${prefix}group.name`]: 'shops' }, { rules: [{ http: {} }] }),
        with: [ofAws],
      },
      'a group of the parameters': {
        given: alb(https, { rules: [{ http: {} }] }),
        with: [withParameters('elbv2.k8s.aws'), parameters({ group: { name: 'shops' } })],
      },
    },
  },
})

interface Balancer {
  /** Whether a certificate is named. */
  readonly isCertified: boolean
  readonly speaksHttps: boolean
  readonly isGrouped: boolean
}

/** What is asked of AWS for an Ingress; why it cannot be told; undefined where another controller serves it. */
function readBalancer(own: Ingress, lookup: Lookup): Balancer | string | undefined {
  const annotated = annotatedClass(own)
  if (annotated !== undefined && annotated !== 'alb') return undefined
  const found = annotated === undefined ? ingressClassOf(own, lookup) : undefined
  if (found === 'unread') return `its IngressClass ${own.spec?.ingressClassName} was not read`
  if (annotated === undefined && !controllers.includes(found?.spec?.controller ?? '')) return undefined
  const given = found && awsParametersOf(found, lookup)
  if (given === 'unread') return `the parameters of its IngressClass ${found?.metadata.name} were not read`
  const annotations = own.metadata.annotations ?? {}
  const named = given?.spec?.certificateArn ?? given?.spec?.certificateARNs ?? []
  const isCertified = named.length > 0 || !!annotations[certificate]
  const ports = annotations[listenPorts]
  return {
    isCertified,
    speaksHttps: ports === undefined ? isCertified : listsHttps(ports),
    isGrouped: !!annotations[`${prefix}group.name`] || given?.spec?.group !== undefined,
  }
}

/** True where a text such as `[{"HTTP": 80}, {"HTTPS": 443}]` lists HTTPS; the controller takes no other text. */
function listsHttps(text: string): boolean {
  try {
    const ports: unknown = JSON.parse(text)
    return Array.isArray(ports) && ports.some(port => isRecord(port) && 'HTTPS' in port)
  } catch {
    return false
  }
}

const hasHosts = ({ spec = {} }: Ingress) =>
  (spec.rules ?? []).some(({ host }) => !!host) || (spec.tls ?? []).some(({ hosts = [] }) => hosts.length > 0)
