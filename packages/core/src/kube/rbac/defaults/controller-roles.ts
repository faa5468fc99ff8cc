// Controller roles: the ClusterRoles that the API server makes for the controllers of kube-controller-manager, each bound to a
// ServiceAccount of kube-system that is named as the role is after `system:controller:`.
//
// Source: kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy, versions 1.13 and 1.29 to 1.37, with feature gates on and off.
// The server only ever adds to its roles, so one that has seen upgrades holds what any of the versions gave it.

/** A table in the form that read-table.ts reads. */
export const controllerRoles = `
system:controller:attachdetach-controller
  read | core | nodes
  list watch | core | persistentvolumeclaims persistentvolumes pods
  update patch | core | nodes/status
  create update patch | core events.k8s.io | events
  read create delete | storage.k8s.io | volumeattachments
  read | storage.k8s.io | csidrivers csinodes
system:controller:certificate-controller
  create | authorization.k8s.io | subjectaccessreviews
  approve sign | certificates.k8s.io | signers | kubernetes.io/kube-apiserver-client-kubelet
  read delete | certificates.k8s.io | certificatesigningrequests
  sign | certificates.k8s.io | signers | kubernetes.io/kube-apiserver-client kubernetes.io/kubelet-serving kubernetes.io/legacy-unknown
  update | certificates.k8s.io | certificatesigningrequests/approval certificatesigningrequests/status
  create update patch | core events.k8s.io | events
system:controller:clusterrole-aggregation-controller
  * | *
  * | * | *
  read update patch escalate | rbac.authorization.k8s.io | clusterroles
system:controller:cronjob-controller
  read create update patch delete | batch | jobs
  read update | batch | cronjobs
  update | batch | cronjobs/finalizers cronjobs/status
  list watch delete | core | pods
  create update patch | core events.k8s.io | events
system:controller:daemon-set-controller
  read create update patch delete | apps | controllerrevisions
  read | apps extensions | daemonsets
  update | apps extensions | daemonsets/finalizers daemonsets/status
  create | core | pods/binding
  list watch create patch delete | core | pods
  list watch | core | nodes
  create update patch | core events.k8s.io | events
system:controller:deployment-controller
  read create update patch delete | apps extensions | replicasets
  read update | apps extensions | deployments
  update | apps extensions | deployments/finalizers deployments/status
  read update | core | pods
  create update patch | core events.k8s.io | events
system:controller:device-taint-eviction-controller
  read delete | core | pods
  update patch | core | pods/status
  create update patch | core events.k8s.io | events
  read | resource.k8s.io | deviceclasses devicetaintrules resourceclaims resourceslices
  update patch | resource.k8s.io | devicetaintrules/status
system:controller:disruption-controller
  get | * | */scale
  read | apps | deployments replicasets statefulsets
  read | core | replicationcontrollers
  update patch | core | pods/status
  create update patch | core events.k8s.io | events
  read | extensions | deployments replicasets
  read | policy | poddisruptionbudgets
  update | policy | poddisruptionbudgets/status
system:controller:endpoint-controller
  create | core | endpoints/restricted
  read create update delete | core | endpoints
  read | core | pods services
  create update patch | core events.k8s.io | events
system:controller:endpointslice-controller
  read | core | nodes pods services
  update | core | services/finalizers
  create update patch | core events.k8s.io | events
  read create update delete | discovery.k8s.io | endpointslices
system:controller:endpointslicemirroring-controller
  read | core | endpoints services
  update | core | endpoints/finalizers services/finalizers
  create update patch | core events.k8s.io | events
  read create update delete | discovery.k8s.io | endpointslices
system:controller:ephemeral-volume-controller
  read create | core | persistentvolumeclaims
  read | core | pods
  update | core | pods/finalizers
  create update patch | core events.k8s.io | events
system:controller:expand-controller
  read update patch | core | persistentvolumes
  read | core | persistentvolumeclaims
  get | core | endpoints secrets services
  update patch | core | persistentvolumeclaims/status
  create update patch | core events.k8s.io | events
  read | storage.k8s.io | storageclasses
system:controller:generic-garbage-collector
  read update patch delete | * | *
  create update patch | core events.k8s.io | events
system:controller:horizontal-pod-autoscaler
  get update | * | */scale
  read | autoscaling | horizontalpodautoscalers
  update | autoscaling | horizontalpodautoscalers/status
  get | core | services/proxy | http:heapster: https:heapster:
  create update patch | core events.k8s.io | events
  list watch | core metrics.k8s.io | pods
  read | custom.metrics.k8s.io external.metrics.k8s.io | *
system:controller:job-controller
  read update patch | batch | jobs
  update | batch | jobs/finalizers jobs/status
  list watch create patch delete | core | pods
  create update patch | core events.k8s.io | events
  read create update patch | scheduling.k8s.io | podgroups workloads
system:controller:kube-apiserver-serving-clustertrustbundle-publisher
  attest | certificates.k8s.io | signers | kubernetes.io/kube-apiserver-serving
  list watch create update delete | certificates.k8s.io | clustertrustbundles
  create update patch | core events.k8s.io | events
system:controller:legacy-service-account-token-cleaner
  get | core | configmaps | kube-apiserver-legacy-service-account-token-tracking
  patch delete | core | secrets
system:controller:namespace-controller
  read delete deletecollection | * | *
  read delete | core | namespaces
  update | core | namespaces/finalize namespaces/status
system:controller:node-controller
  read | coordination.k8s.io | leases
  read delete | core | pods
  read update patch delete | core | nodes
  update patch | core | nodes/status pods/status
  create update patch | core events.k8s.io | events
  get list create update | networking.k8s.io | clustercidrs
system:controller:persistent-volume-binder
  get create delete | core | services
  get create update delete | core | endpoints
  read create delete | core | pods
  read create update delete | core | persistentvolumes
  read update | core | persistentvolumeclaims
  read | core | nodes
  get | core | secrets
  update | core | persistentvolumeclaims/status persistentvolumes/status
  watch create update patch | core | events
  create update patch | events.k8s.io | events
  read | storage.k8s.io | storageclasses
system:controller:pod-garbage-collector
  read | core | nodes
  list watch delete | core | pods
  patch | core | pods/status
system:controller:podcertificaterequestcleaner
  read delete | certificates.k8s.io | podcertificaterequests
system:controller:podgroup-protection-controller
  read | core | pods
  read update | scheduling.k8s.io | podgroups
system:controller:pv-protection-controller
  read update | core | persistentvolumes
  create update patch | core events.k8s.io | events
system:controller:pvc-protection-controller
  read update | core | persistentvolumeclaims
  read | core | pods
  update | core | persistentvolumeclaims/status
  create update patch | core events.k8s.io | events
system:controller:replicaset-controller
  read update | apps extensions | replicasets
  update | apps extensions | replicasets/finalizers replicasets/status
  list watch create patch delete | core | pods
  create update patch | core events.k8s.io | events
system:controller:replication-controller
  read update | core | replicationcontrollers
  list watch create patch delete | core | pods
  update | core | replicationcontrollers/finalizers replicationcontrollers/status
  create update patch | core events.k8s.io | events
system:controller:resource-claim-controller
  read | core | pods
  update patch | core | pods/status
  update | core | pods/finalizers
  create update patch | core events.k8s.io | events
  read create update patch delete | resource.k8s.io | resourceclaims
  update patch | resource.k8s.io | resourceclaims/binding resourceclaims/status
  read | scheduling.k8s.io | podgroups
  update patch | scheduling.k8s.io | podgroups/status
system:controller:resourcepoolstatusrequest-controller
  create update patch | core events.k8s.io | events
  read delete | resource.k8s.io | resourcepoolstatusrequests
  read | resource.k8s.io | devicetaintrules resourceclaims resourceslices
  update patch | resource.k8s.io | resourcepoolstatusrequests/status
system:controller:resourcequota-controller
  list watch | * | *
  update | core | resourcequotas/status
  create update patch | core events.k8s.io | events
system:controller:root-ca-cert-publisher
  create update | core | configmaps
  create update patch | core events.k8s.io | events
system:controller:route-controller
  list watch | core | nodes
  patch | core | nodes/status
  create update patch | core events.k8s.io | events
system:controller:selinux-warning-controller
  read | core | persistentvolumeclaims persistentvolumes pods
  create update patch | core events.k8s.io | events
  read | storage.k8s.io | csidrivers
system:controller:service-account-controller
  create | core | serviceaccounts
  create update patch | core events.k8s.io | events
system:controller:service-cidrs-controller
  create update patch | core events.k8s.io | events
  read update patch | networking.k8s.io | servicecidrs
  read | networking.k8s.io | ipaddresses
  update patch | networking.k8s.io | servicecidrs/finalizers servicecidrs/status
system:controller:service-controller
  read | core | services
  list watch | core | nodes
  update patch | core | services/status
  create update patch | core events.k8s.io | events
system:controller:statefulset-controller
  read create update patch delete | apps | controllerrevisions
  read | apps | statefulsets
  update | apps | statefulsets/finalizers statefulsets/status
  read create update delete | core | persistentvolumeclaims
  read create update patch delete | core | pods
  update | core | pods/finalizers
  create update patch | core events.k8s.io | events
system:controller:storage-version-garbage-collector
  read | coordination.k8s.io | leases
  read update patch delete | internal.apiserver.k8s.io | storageversions
  get update patch | internal.apiserver.k8s.io | storageversions/status
system:controller:storage-version-migrator-controller
  list watch create patch | * | *
  get | apiextensions.k8s.io | customresourcedefinitions
  patch | apiextensions.k8s.io | customresourcedefinitions/status
  update | storagemigration.k8s.io | storageversionmigrations/status
system:controller:ttl-after-finished-controller
  read delete | batch | jobs
  create update patch | core events.k8s.io | events
system:controller:ttl-controller
  list watch update patch | core | nodes
  create update patch | core events.k8s.io | events
system:controller:validatingadmissionpolicy-status-controller
  read | admissionregistration.k8s.io | validatingadmissionpolicies
  get update patch | admissionregistration.k8s.io | validatingadmissionpolicies/status
  create update patch | core events.k8s.io | events
system:controller:volumeattributesclass-protection-controller
  read | core | persistentvolumeclaims persistentvolumes
  create update patch | core events.k8s.io | events
  read update | storage.k8s.io | volumeattributesclasses
`
