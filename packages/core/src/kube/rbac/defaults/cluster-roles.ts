// Cluster roles: the ClusterRoles that the API server makes for people, for its components and for add-ons.
//
// Source: kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy, versions 1.13 and 1.29 to 1.37, with feature gates on and off.
// The server only ever adds to its roles, so one that has seen upgrades holds what any of the versions gave it.

/** A table in the form that read-table.ts reads. */
export const clusterRoles = `
admin ← admin
cluster-admin
  * | *
  * | * | *
edit ← edit → admin
system:aggregate-to-admin → admin
  create | authorization.k8s.io | localsubjectaccessreviews
  read write | rbac.authorization.k8s.io | rolebindings roles
system:aggregate-to-edit → edit
  write | apps | daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale
  write | autoscaling | horizontalpodautoscalers
  write | batch | cronjobs jobs
  read write | coordination.k8s.io | leases
  write impersonate | core | serviceaccounts
  write | core | configmaps endpoints events persistentvolumeclaims pods replicationcontrollers replicationcontrollers/scale services
  create | core | pods/eviction serviceaccounts/token
  read write | core | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy
  write | events.k8s.io | events
  write | extensions | daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale
  write | lifecycle.k8s.io | evictionrequests
  write | networking.k8s.io | ingresses networkpolicies
  write | policy | poddisruptionbudgets
  write | resource.k8s.io | resourceclaims resourceclaimtemplates
  write | scheduling.k8s.io | compositepodgroups podgroups workloads
system:aggregate-to-view → view
  read | apps | controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status
  read | autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status
  read | batch | cronjobs cronjobs/status jobs jobs/status
  read | core | bindings configmaps endpoints events limitranges namespaces namespaces/status persistentvolumeclaims persistentvolumeclaims/status pods pods/log pods/status replicationcontrollers replicationcontrollers/scale replicationcontrollers/status resourcequotas resourcequotas/status serviceaccounts services services/status
  read | discovery.k8s.io | endpointslices
  read | events.k8s.io | events
  read | extensions | daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale
  read | lifecycle.k8s.io | evictionrequests evictions
  read | networking.k8s.io | ingresses ingresses/status networkpolicies
  read | policy | poddisruptionbudgets poddisruptionbudgets/status
  read | resource.k8s.io | resourceclaims resourceclaims/status resourceclaimtemplates
  read | scheduling.k8s.io | compositepodgroups compositepodgroups/status podgroups podgroups/status workloads
system:auth-delegator
  create | authentication.k8s.io | tokenreviews
  create | authorization.k8s.io | subjectaccessreviews
system:aws-cloud-provider
  create update patch | core | events
  get patch | core | nodes
system:basic-user
  create | authentication.k8s.io | selfsubjectreviews
  create | authorization.k8s.io | selfsubjectaccessreviews selfsubjectrulesreviews
system:certificates.k8s.io:certificatesigningrequests:nodeclient
  create | certificates.k8s.io | certificatesigningrequests/nodeclient
system:certificates.k8s.io:certificatesigningrequests:selfnodeclient
  create | certificates.k8s.io | certificatesigningrequests/selfnodeclient
system:certificates.k8s.io:kube-apiserver-client-approver
  approve | certificates.k8s.io | signers | kubernetes.io/kube-apiserver-client
system:certificates.k8s.io:kube-apiserver-client-kubelet-approver
  approve | certificates.k8s.io | signers | kubernetes.io/kube-apiserver-client-kubelet
system:certificates.k8s.io:kubelet-serving-approver
  approve | certificates.k8s.io | signers | kubernetes.io/kubelet-serving
system:certificates.k8s.io:legacy-unknown-approver
  approve | certificates.k8s.io | signers | kubernetes.io/legacy-unknown
system:cluster-trust-bundle-discovery
  read | certificates.k8s.io | clustertrustbundles
system:csi-external-attacher
  read create update patch | core | events
  read update patch | core | persistentvolumes
  read | core | nodes
  read update patch | storage.k8s.io | volumeattachments
system:csi-external-provisioner
  read create delete | core | persistentvolumes
  read create update patch | core | events
  read update patch | core | persistentvolumeclaims
  read | core | nodes
  list watch | storage.k8s.io | storageclasses
system:discovery
  get | /api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /swagger-2.0.0.pb-v1 /swagger.json /swaggerapi /swaggerapi/* /version /version/
system:heapster
  read | core | events namespaces nodes pods
  read | extensions | deployments
system:kube-aggregator
  read | core | endpoints services
system:kube-controller-manager
  list watch | * | *
  create | authentication.k8s.io | tokenreviews
  create | authorization.k8s.io | subjectaccessreviews
  create | coordination.k8s.io | leases
  get update | coordination.k8s.io | leases | kube-controller-manager
  create | core | serviceaccounts/token
  get create update delete | core | secrets
  get create update | core | endpoints serviceaccounts
  get | core | configmaps namespaces
  create update patch | core events.k8s.io | events
system:kube-dns
  list watch | core | endpoints services
system:kube-scheduler
  read | apps | replicasets statefulsets
  create | authentication.k8s.io | tokenreviews
  create | authorization.k8s.io | subjectaccessreviews
  create | coordination.k8s.io | leases
  read write | coordination.k8s.io | leasecandidates
  read update | coordination.k8s.io | leases | kube-scheduler
  create | core | bindings endpoints pods/binding
  read delete | core | pods
  read update patch | core | pods/finalizers
  read | core | namespaces nodes persistentvolumeclaims persistentvolumes replicationcontrollers services
  get update patch delete | core | endpoints | kube-scheduler
  update patch | core | pods/status
  create update patch | core events.k8s.io | events
  read | extensions | replicasets
  read | policy | poddisruptionbudgets
  read create update patch delete | resource.k8s.io | resourceclaims
  read update patch | resource.k8s.io | resourceclaims/status
  read | resource.k8s.io | deviceclasses devicetaintrules resourceslices
  update patch | resource.k8s.io | resourceclaims/binding
  read | scheduling.k8s.io | compositepodgroups podgroups workloads
  update patch | scheduling.k8s.io | compositepodgroups/status podgroups/status
  read | storage.k8s.io | csidrivers csinodes csistoragecapacities volumeattachments
system:kubelet-api-admin
  * | core | nodes/configz nodes/healthz nodes/log nodes/metrics nodes/pods nodes/proxy nodes/spec nodes/stats
  read proxy | core | nodes
system:monitoring
  get | /flagz /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/* /statusz
  get | core | nodes/metrics
system:node
  create | authentication.k8s.io | tokenreviews
  create | authorization.k8s.io | localsubjectaccessreviews subjectaccessreviews
  read create | certificates.k8s.io | certificatesigningrequests podcertificaterequests
  read | certificates.k8s.io | clustertrustbundles
  get create update patch delete | coordination.k8s.io | leases
  create | core | pods/eviction serviceaccounts/token
  read create delete | core | pods
  read create update patch | core | nodes
  read | core | configmaps secrets services
  get update patch | core | persistentvolumeclaims/status
  get | core | endpoints persistentvolumeclaims persistentvolumes serviceaccounts
  update patch | core | nodes/status pods/status
  create update patch | core events.k8s.io | events
  read | node.k8s.io | runtimeclasses
  deletecollection | resource.k8s.io | resourceslices
  get | resource.k8s.io | resourceclaims
  get create update patch delete | storage.k8s.io | csinodes
  read | storage.k8s.io | csidrivers
  get update patch | storage.k8s.io | csinodes/status
  get | storage.k8s.io | volumeattachments
system:node-bootstrapper
  read create | certificates.k8s.io | certificatesigningrequests
system:node-problem-detector
  get | core | nodes
  patch | core | nodes/status
  create update patch | core events.k8s.io | events
system:node-proxier
  read | core | nodes
  list watch | core | endpoints services
  create update patch | core events.k8s.io | events
  list watch | discovery.k8s.io | endpointslices
  list watch | networking.k8s.io | servicecidrs
system:persistent-volume-provisioner
  read create delete | core | persistentvolumes
  read update | core | persistentvolumeclaims
  watch create update patch | core | events
  create update patch | events.k8s.io | events
  read | storage.k8s.io | storageclasses
system:public-info-viewer
  get | /healthz /livez /readyz /version /version/
system:service-account-issuer-discovery
  get | /.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/
system:volume-scheduler
  read update patch | core | persistentvolumeclaims persistentvolumes
  read | storage.k8s.io | storageclasses
view ← view → edit
`
