// Foreign kinds: where the API server keeps the kinds of other projects that rules read, in clusters that have them.
//
// Sources: the CustomResourceDefinitions of each project; the versions are those that hold the fields that rules read.

import type { KindEntry } from './built-in-kinds.ts'

type Scope = 'Namespaced' | 'Cluster'

const entriesOfGroup = (
  group: string,
  versions: readonly string[],
  kinds: Readonly<Record<string, readonly [plural: string, scope: Scope]>>,
): KindEntry[] =>
  Object.entries(kinds).map(([kind, [plural, scope]]) => ({
    kind,
    group,
    plural,
    namespaced: scope === 'Namespaced',
    versions,
    always: false,
  }))

export const foreignKinds: readonly KindEntry[] = [
  // Network policies.
  ...entriesOfGroup('cilium.io', ['v2'], {
    CiliumNetworkPolicy: ['ciliumnetworkpolicies', 'Namespaced'],
    CiliumClusterwideNetworkPolicy: ['ciliumclusterwidenetworkpolicies', 'Cluster'],
  }),
  ...entriesOfGroup('crd.projectcalico.org', ['v1'], {
    NetworkPolicy: ['networkpolicies', 'Namespaced'],
    GlobalNetworkPolicy: ['globalnetworkpolicies', 'Cluster'],
  }),
  ...entriesOfGroup('projectcalico.org', ['v3'], {
    NetworkPolicy: ['networkpolicies', 'Namespaced'],
    GlobalNetworkPolicy: ['globalnetworkpolicies', 'Cluster'],
  }),
  ...entriesOfGroup('crd.antrea.io', ['v1beta1', 'v1alpha1'], {
    NetworkPolicy: ['networkpolicies', 'Namespaced'],
    ClusterNetworkPolicy: ['clusternetworkpolicies', 'Cluster'],
  }),
  ...entriesOfGroup('policy.networking.k8s.io', ['v1alpha1'], {
    AdminNetworkPolicy: ['adminnetworkpolicies', 'Cluster'],
    BaselineAdminNetworkPolicy: ['baselineadminnetworkpolicies', 'Cluster'],
  }),
  ...entriesOfGroup('policy.networking.k8s.io', ['v1alpha2'], {
    ClusterNetworkPolicy: ['clusternetworkpolicies', 'Cluster'],
  }),
  // Load balancers of clouds.
  ...entriesOfGroup('elbv2.k8s.aws', ['v1beta1'], { IngressClassParams: ['ingressclassparams', 'Cluster'] }),
  ...entriesOfGroup('eks.amazonaws.com', ['v1'], { IngressClassParams: ['ingressclassparams', 'Cluster'] }),
  ...entriesOfGroup('networking.gke.io', ['v1', 'v1beta2', 'v1beta1'], {
    ManagedCertificate: ['managedcertificates', 'Namespaced'],
  }),
  // Routes from without.
  ...entriesOfGroup('gateway.networking.k8s.io', ['v1', 'v1beta1', 'v1alpha2'], {
    Gateway: ['gateways', 'Namespaced'],
    HTTPRoute: ['httproutes', 'Namespaced'],
    GRPCRoute: ['grpcroutes', 'Namespaced'],
    TLSRoute: ['tlsroutes', 'Namespaced'],
    TCPRoute: ['tcproutes', 'Namespaced'],
    UDPRoute: ['udproutes', 'Namespaced'],
  }),
  ...entriesOfGroup('networking.istio.io', ['v1', 'v1beta1', 'v1alpha3'], {
    Gateway: ['gateways', 'Namespaced'],
    VirtualService: ['virtualservices', 'Namespaced'],
  }),
  ...entriesOfGroup('route.openshift.io', ['v1'], { Route: ['routes', 'Namespaced'] }),
  // What makes pods beside Kubernetes' own kinds.
  ...entriesOfGroup('argoproj.io', ['v1alpha1'], { Rollout: ['rollouts', 'Namespaced'] }),
  ...entriesOfGroup('apps.openshift.io', ['v1'], { DeploymentConfig: ['deploymentconfigs', 'Namespaced'] }),
  // Admission policies.
  ...entriesOfGroup('kyverno.io', ['v1', 'v2beta1'], {
    ClusterPolicy: ['clusterpolicies', 'Cluster'],
    Policy: ['policies', 'Namespaced'],
  }),
  ...entriesOfGroup('policies.kyverno.io', ['v1', 'v1beta1', 'v1alpha1'], {
    ImageValidatingPolicy: ['imagevalidatingpolicies', 'Cluster'],
    MutatingPolicy: ['mutatingpolicies', 'Cluster'],
    NamespacedImageValidatingPolicy: ['namespacedimagevalidatingpolicies', 'Namespaced'],
    NamespacedMutatingPolicy: ['namespacedmutatingpolicies', 'Namespaced'],
    NamespacedValidatingPolicy: ['namespacedvalidatingpolicies', 'Namespaced'],
    ValidatingPolicy: ['validatingpolicies', 'Cluster'],
  }),
  ...entriesOfGroup('policies.kubewarden.io', ['v1'], {
    AdmissionPolicy: ['admissionpolicies', 'Namespaced'],
    ClusterAdmissionPolicy: ['clusteradmissionpolicies', 'Cluster'],
  }),
  ...entriesOfGroup('policy.sigstore.dev', ['v1beta1', 'v1alpha1'], {
    ClusterImagePolicy: ['clusterimagepolicies', 'Cluster'],
  }),
  ...entriesOfGroup('config.openshift.io', ['v1', 'v1alpha1'], {
    ClusterImagePolicy: ['clusterimagepolicies', 'Cluster'],
  }),
  // How OpenShift is configured.
  ...entriesOfGroup('config.openshift.io', ['v1'], {
    APIServer: ['apiservers', 'Cluster'],
    ClusterVersion: ['clusterversions', 'Cluster'],
    Console: ['consoles', 'Cluster'],
    Image: ['images', 'Cluster'],
    OAuth: ['oauths', 'Cluster'],
    Project: ['projects', 'Cluster'],
  }),
  ...entriesOfGroup('console.openshift.io', ['v1'], {
    ConsoleNotification: ['consolenotifications', 'Cluster'],
  }),
  ...entriesOfGroup('image.openshift.io', ['v1'], { ImageStream: ['imagestreams', 'Namespaced'] }),
  ...entriesOfGroup('imageregistry.operator.openshift.io', ['v1'], {
    ImagePruner: ['imagepruners', 'Cluster'],
  }),
  ...entriesOfGroup('machineconfiguration.openshift.io', ['v1'], {
    KubeletConfig: ['kubeletconfigs', 'Cluster'],
  }),
  ...entriesOfGroup('monitoring.coreos.com', ['v1'], { PrometheusRule: ['prometheusrules', 'Namespaced'] }),
  ...entriesOfGroup('operators.coreos.com', ['v1alpha1'], { Subscription: ['subscriptions', 'Namespaced'] }),
  ...entriesOfGroup('template.openshift.io', ['v1'], { Template: ['templates', 'Namespaced'] }),
  ...entriesOfGroup('compliance.openshift.io', ['v1alpha1'], {
    ScanSetting: ['scansettings', 'Namespaced'],
    ScanSettingBinding: ['scansettingbindings', 'Namespaced'],
  }),
  ...entriesOfGroup('oauth.openshift.io', ['v1'], { OAuthClient: ['oauthclients', 'Cluster'] }),
  ...entriesOfGroup('operator.openshift.io', ['v1'], {
    Authentication: ['authentications', 'Cluster'],
    Etcd: ['etcds', 'Cluster'],
    IngressController: ['ingresscontrollers', 'Namespaced'],
    KubeAPIServer: ['kubeapiservers', 'Cluster'],
    KubeControllerManager: ['kubecontrollermanagers', 'Cluster'],
    KubeScheduler: ['kubeschedulers', 'Cluster'],
    OpenShiftAPIServer: ['openshiftapiservers', 'Cluster'],
  }),
  ...entriesOfGroup('security.openshift.io', ['v1'], {
    SecurityContextConstraints: ['securitycontextconstraints', 'Cluster'],
  }),
  ...entriesOfGroup('logging.openshift.io', ['v1'], {
    ClusterLogForwarder: ['clusterlogforwarders', 'Namespaced'],
  }),
  ...entriesOfGroup('observability.openshift.io', ['v1'], {
    ClusterLogForwarder: ['clusterlogforwarders', 'Namespaced'],
  }),
  ...entriesOfGroup('templates.gatekeeper.sh', ['v1', 'v1beta1'], {
    ConstraintTemplate: ['constrainttemplates', 'Cluster'],
  }),
  ...entriesOfGroup('constraints.gatekeeper.sh', ['v1beta1'], {
    K8sPSPAllowPrivilegeEscalationContainer: ['k8spspallowprivilegeescalationcontainer', 'Cluster'],
    K8sPSPCapabilities: ['k8spspcapabilities', 'Cluster'],
    K8sPSPHostFilesystem: ['k8spsphostfilesystem', 'Cluster'],
    K8sPSPHostNamespace: ['k8spsphostnamespace', 'Cluster'],
    K8sPSPPrivilegedContainer: ['k8spspprivilegedcontainer', 'Cluster'],
  }),
  // Secrets kept elsewhere.
  ...entriesOfGroup('external-secrets.io', ['v1', 'v1beta1'], {
    ExternalSecret: ['externalsecrets', 'Namespaced'],
    ClusterExternalSecret: ['clusterexternalsecrets', 'Cluster'],
  }),
  ...entriesOfGroup('secrets-store.csi.x-k8s.io', ['v1', 'v1alpha1'], {
    SecretProviderClass: ['secretproviderclasses', 'Namespaced'],
  }),
  ...entriesOfGroup('secrets.hashicorp.com', ['v1beta1'], {
    VaultDynamicSecret: ['vaultdynamicsecrets', 'Namespaced'],
    VaultStaticSecret: ['vaultstaticsecrets', 'Namespaced'],
  }),
]
