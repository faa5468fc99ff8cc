// Slice: a part of a cluster's API that an agent may be given or refused as a whole.

export const sliceIds = [
  'cluster',
  'workloads',
  'access',
  'network',
  'configuration',
  'storage',
  'admission',
  'external-secrets',
  'openshift',
  'secrets',
] as const
export type SliceId = (typeof sliceIds)[number]

export interface Slice {
  readonly id: SliceId
  /** What its permissions are for, in a sentence. */
  readonly buys: string
  /** Whether an agent has it where nothing is said. */
  readonly isDefault: boolean
}

/** All slices, in the order in which they are shown. */
export const slices: readonly Slice[] = [
  {
    id: 'cluster',
    buys: 'Which cluster it is, its namespaces and its nodes; without it there is nothing to judge, so it cannot be left out.',
    isDefault: true,
  },
  {
    id: 'workloads',
    buys: 'Pods and all that makes, limits, scales or protects them.',
    isDefault: true,
  },
  {
    id: 'access',
    buys: 'Service accounts, roles, their bindings and requests for certificates: who may do what.',
    isDefault: true,
  },
  {
    id: 'network',
    buys: 'Services, ways in from outside and network policies: what can be reached, from where.',
    isDefault: true,
  },
  {
    id: 'configuration',
    buys: 'ConfigMaps: settings of components, and credentials that stand in the open. What looks like a credential is blotted out before it is sent.',
    isDefault: true,
  },
  { id: 'storage', buys: 'Volumes and the claims on them.', isDefault: true },
  {
    id: 'admission',
    buys: 'Webhooks and policies that decide what the cluster lets in, of Kubernetes, Kyverno, Gatekeeper, Kubewarden and Sigstore.',
    isDefault: true,
  },
  {
    id: 'external-secrets',
    buys: 'References to secrets that are kept outside of the cluster; never their values.',
    isDefault: true,
  },
  { id: 'openshift', buys: "How OpenShift's own components are configured.", isDefault: true },
  {
    id: 'secrets',
    buys: 'Names, types and labels of Secrets. The agent asks for metadata alone, but RBAC cannot say so: whoever may list Secrets may read their values.',
    isDefault: false,
  },
]

/** The slices that an agent has where nothing is said. */
export const defaultSlices: readonly SliceId[] = slices.filter(one => one.isDefault).map(({ id }) => id)
