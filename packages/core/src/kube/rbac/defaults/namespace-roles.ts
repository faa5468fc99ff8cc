// Namespace roles: the Roles that the API server makes in kube-system and kube-public.
//
// Source: kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy, versions 1.13 and 1.29 to 1.37, with feature gates on and off.
// The server only ever adds to its roles, so one that has seen upgrades holds what any of the versions gave it.

/** A table in the form that read-table.ts reads; names begin with the namespace. */
export const namespaceRoles = `
kube-public/system:controller:bootstrap-signer
  read | core | configmaps
  update | core | configmaps | cluster-info
  create update patch | core events.k8s.io | events
kube-system/extension-apiserver-authentication-reader
  read | core | configmaps | extension-apiserver-authentication
kube-system/system::leader-locking-kube-controller-manager
  read create update | coordination.k8s.io | leasecandidates leases
  get update | core | configmaps | kube-controller-manager
  watch | core | configmaps
kube-system/system::leader-locking-kube-scheduler
  read create update | coordination.k8s.io | leasecandidates leases
  get update | core | configmaps | kube-scheduler
  watch | core | configmaps
kube-system/system:controller:bootstrap-signer
  read | core | secrets
kube-system/system:controller:cloud-provider
  read create | core | configmaps
kube-system/system:controller:token-cleaner
  read delete | core | secrets
  create update patch | core events.k8s.io | events
`
