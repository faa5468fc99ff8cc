// Ingress class: which controller serves an Ingress, and with which parameters.
//
// Sources: kubernetes.io, "Ingress class" (the annotation came first and still counts; a default class is given to those without any);
// kubernetes-sigs/aws-load-balancer-controller, elbv2.k8s.aws/v1beta1; docs.aws.amazon.com/eks, "Create an IngressClass" (eks.amazonaws.com/v1).

import type { Resource } from '../../model/resource.ts'
import type { Lookup } from '../../model/rule.ts'
import { list, object, type Shape, string, type TypeOf } from '../../model/shape.ts'
import type { Ingress } from '../kinds/ingress.ts'

const ingressClass = object({
  spec: object({
    controller: string,
    parameters: object({ apiGroup: string, kind: string, name: string }),
  }),
})
const classParameters = object({
  spec: object({
    /** One is a list for the controller that people install, the other for that of EKS. */
    certificateArn: list(string),
    certificateARNs: list(string),
    group: object({ name: string }),
  }),
})

export type IngressClass = Resource & TypeOf<typeof ingressClass>
export type AwsClassParameters = Resource & TypeOf<typeof classParameters>

/** The groups of the parameters of AWS’s classes. */
const awsGroups = ['elbv2.k8s.aws', 'eks.amazonaws.com']
export const awsParameterKinds: readonly string[] = awsGroups.map(group => `IngressClassParams.${group}`)

/** What must fit in objects of these kinds. */
export const ingressClassShapes: Readonly<Record<string, Shape<unknown>>> = {
  IngressClass: ingressClass,
  ...Object.fromEntries(awsParameterKinds.map(kind => [kind, classParameters])),
}

/** The value of the annotation by which an Ingress names its class; undefined where it has none. */
export const annotatedClass = ({ metadata }: Resource): string | undefined =>
  metadata.annotations?.['kubernetes.io/ingress.class'] || undefined

/**
 * The class that an Ingress is of, which it names or gets by default: `unread` where it names one that is not there; undefined where it has
 * none. The rule reads IngressClass. One that is named by annotation need not exist.
 */
export function ingressClassOf(ingress: Ingress, lookup: Lookup): IngressClass | 'unread' | undefined {
  const name = ingress.spec?.ingressClassName
  if (name !== undefined) return lookup.get('IngressClass', undefined, name) ?? 'unread'
  return lookup
    .list('IngressClass')
    .find(({ metadata }) => metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true')
}

/** The parameters of a class of AWS: `unread` where it names some that are not there; undefined where it names none. */
export function awsParametersOf(
  { spec = {} }: IngressClass,
  lookup: Lookup,
): AwsClassParameters | 'unread' | undefined {
  const { apiGroup, name } = spec.parameters ?? {}
  if (name === undefined || !awsGroups.includes(apiGroup ?? '')) return undefined
  return lookup.get(`IngressClassParams.${apiGroup}`, undefined, name) ?? 'unread'
}
