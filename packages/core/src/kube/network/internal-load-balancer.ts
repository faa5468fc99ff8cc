// Internal load balancer: which Services of type LoadBalancer a cloud keeps inside its private network.
//
// Sources: kubernetes.io, "Internal load balancer"; the AWS Load Balancer Controller's and EKS Auto Mode's documentation of the
// annotation `…/aws-load-balancer-scheme`, whose default is internal; DigitalOcean, IBM and Oracle annotation references.

import type { Service } from '../kinds/service.ts'

/** Annotations and the values (in lower case) by which they ask for an internal load balancer; `*` is any value. */
const internal: Readonly<Record<string, string>> = {
  'cloud.google.com/load-balancer-type': 'internal',
  'networking.gke.io/load-balancer-type': 'internal',
  'oci-network-load-balancer.oraclecloud.com/internal': 'true',
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type': 'intranet',
  'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
  'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
  'service.beta.kubernetes.io/cce-load-balancer-internal-vpc': 'true',
  'service.beta.kubernetes.io/do-loadbalancer-network': 'internal',
  'service.beta.kubernetes.io/oci-load-balancer-internal': 'true',
  'service.beta.kubernetes.io/openstack-internal-load-balancer': 'true',
  'service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type': 'private',
  'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid': '*',
}
const awsInternal = 'service.beta.kubernetes.io/aws-load-balancer-internal'
const awsScheme = 'service.beta.kubernetes.io/aws-load-balancer-scheme'
const awsType = 'service.beta.kubernetes.io/aws-load-balancer-type'
const awsClasses = ['service.k8s.aws/nlb', 'eks.amazonaws.com/nlb']

/** True where the Service asks for a load balancer that has no public address. */
export function isInternalLoadBalancer({ metadata, spec }: Service): boolean {
  const annotations = metadata.annotations ?? {}
  for (const [name, wanted] of Object.entries(internal)) {
    const value = annotations[name]?.toLowerCase()
    if (value && (wanted === '*' || value === wanted)) return true
  }
  // The cloud provider in Kubernetes takes any value but false here, such as 0.0.0.0/0.
  const aws = annotations[awsInternal]?.toLowerCase()
  if (aws) return aws !== 'false'
  const byController =
    awsClasses.includes(spec?.loadBalancerClass ?? '') ||
    ['external', 'nlb-ip'].includes(annotations[awsType] ?? '')
  return byController && annotations[awsScheme] === undefined
}
