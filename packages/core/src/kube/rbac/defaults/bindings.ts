// Bindings: those that the API server makes, beside the ones of controller roles: to which role, for whom.
//
// Source: kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy, versions 1.13 and 1.29 to 1.37, less what a version took back for
// being unsafe: until 1.13 `system:basic-user` and `system:discovery` were bound to `system:unauthenticated` too.

interface DefaultBinding {
  readonly role: string
  /** Kind, and namespace and name: `User:system:kube-scheduler`, `ServiceAccount:kube-system/kube-dns`. */
  readonly subjects: readonly string[]
}

const alike = (role: string, ...subjects: readonly string[]): [string, DefaultBinding] => [
  role,
  { role, subjects },
]

/** ClusterRoleBindings to ClusterRoles, by name. */
export const clusterRoleBindings: ReadonlyMap<string, DefaultBinding> = new Map([
  alike('cluster-admin', 'Group:system:masters'),
  alike('system:aws-cloud-provider', 'ServiceAccount:kube-system/aws-cloud-provider'),
  alike('system:basic-user', 'Group:system:authenticated'),
  alike('system:cluster-trust-bundle-discovery', 'Group:system:serviceaccounts'),
  alike('system:discovery', 'Group:system:authenticated'),
  alike('system:kube-controller-manager', 'User:system:kube-controller-manager'),
  alike('system:kube-dns', 'ServiceAccount:kube-system/kube-dns'),
  alike('system:kube-scheduler', 'User:system:kube-scheduler'),
  alike('system:monitoring', 'Group:system:monitoring'),
  alike('system:node'),
  alike('system:node-proxier', 'User:system:kube-proxy'),
  alike('system:public-info-viewer', 'Group:system:authenticated', 'Group:system:unauthenticated'),
  alike('system:service-account-issuer-discovery', 'Group:system:serviceaccounts'),
  alike('system:volume-scheduler', 'User:system:kube-scheduler'),
])

/** RoleBindings to Roles of their namespace, by namespace and name. */
export const roleBindings: ReadonlyMap<string, DefaultBinding> = new Map<string, DefaultBinding>([
  [
    'kube-public/system:controller:bootstrap-signer',
    {
      role: 'system:controller:bootstrap-signer',
      subjects: ['ServiceAccount:kube-system/bootstrap-signer'],
    },
  ],
  [
    'kube-system/system::extension-apiserver-authentication-reader',
    {
      role: 'extension-apiserver-authentication-reader',
      subjects: ['User:system:kube-controller-manager', 'User:system:kube-scheduler'],
    },
  ],
  [
    'kube-system/system::leader-locking-kube-controller-manager',
    {
      role: 'system::leader-locking-kube-controller-manager',
      subjects: [
        'User:system:kube-controller-manager',
        'ServiceAccount:kube-system/kube-controller-manager',
        'ServiceAccount:kube-system/leader-election-controller',
      ],
    },
  ],
  [
    'kube-system/system::leader-locking-kube-scheduler',
    {
      role: 'system::leader-locking-kube-scheduler',
      subjects: ['User:system:kube-scheduler', 'ServiceAccount:kube-system/kube-scheduler'],
    },
  ],
  ...['bootstrap-signer', 'cloud-provider', 'token-cleaner'].map((name): [string, DefaultBinding] => [
    `kube-system/system:controller:${name}`,
    { role: `system:controller:${name}`, subjects: [`ServiceAccount:kube-system/${name}`] },
  ]),
])
