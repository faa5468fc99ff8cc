// Requirements on the API server: its flags, and what OpenShift sets in their place.

import { critical, high, low, medium, type Requirements } from './requirement.ts'

export const apiServer = {
  'apiserver.anonymous-auth': medium(
    'The API server takes no anonymous requests',
    'Start it with --anonymous-auth=false, or have its authentication configuration allow anonymous requests to the health endpoints alone.',
  ),
  'apiserver.anonymous-auth:authorized': medium(
    'Anonymous requests to the API server get what is public alone',
    'Leave the authorization modes as they are, and bind system:anonymous and system:unauthenticated to nothing beyond health and discovery.',
  ),
  'apiserver.token-auth-file': high(
    'The API server reads no file of fixed tokens',
    'Remove --token-auth-file; people log in through an identity provider, workloads with tokens of their ServiceAccount.',
  ),
  'apiserver.kubelet-https': high(
    'The API server talks to kubelets over TLS',
    'Remove --kubelet-https; newer versions of Kubernetes know no other way.',
  ),
  'apiserver.kubelet-client-cert': medium(
    'The API server shows kubelets a client certificate',
    'Set --kubelet-client-certificate and --kubelet-client-key.',
  ),
  'apiserver.kubelet-certificate-authority': medium(
    'The API server verifies the certificates of kubelets',
    'Set --kubelet-certificate-authority to the authority that signs the serving certificates of kubelets.',
  ),
  'apiserver.authorization-mode.no-always-allow': critical(
    'The API server asks for rights',
    'Take AlwaysAllow out of --authorization-mode.',
  ),
  'apiserver.authorization-mode.node': high(
    'The API server gives a kubelet what belongs to its node alone',
    'Name Node in --authorization-mode.',
  ),
  'apiserver.authorization-mode.rbac': high(
    'Rights are given by role',
    'Have RBAC among the authorization modes, and never AlwaysAllow.',
  ),
  'apiserver.admission.EventRateLimit': low(
    'The API server bounds how many events it takes',
    'Add EventRateLimit to --enable-admission-plugins and give it limits in the admission configuration.',
  ),
  'apiserver.admission.no-AlwaysAdmit': medium(
    'No admission plugin admits everything',
    'Take AlwaysAdmit out of --enable-admission-plugins.',
  ),
  'apiserver.admission.AlwaysPullImages': low(
    'A pod gets an image only after the registry was asked again',
    'Add AlwaysPullImages to --enable-admission-plugins where every node reaches its registries at any time.',
  ),
  'apiserver.admission.AlwaysPullImages:off': low(
    'A pod starts from an image of its node while the registry is away',
    'Take AlwaysPullImages out of enable-admission-plugins, which OpenShift leaves off.',
  ),
  'apiserver.admission.DenyServiceExternalIPs': medium(
    'Services cannot take external addresses for themselves',
    'Add DenyServiceExternalIPs to --enable-admission-plugins.',
  ),
  'apiserver.admission.DenyServiceExternalIPs:off': low(
    'The admission plugin DenyServiceExternalIPs is not turned on',
    'Take it out of --enable-admission-plugins. Later editions ask for the opposite, which is the safer choice: prefer theirs.',
  ),
  'apiserver.admission.SecurityContextDeny': low(
    'Pods with dangerous security options are refused where nothing else does it',
    'Enforce Pod Security levels on namespaces; the plugin SecurityContextDeny was removed in Kubernetes 1.30.',
  ),
  'apiserver.admission.SecurityContextConstraint': high(
    'OpenShift holds each pod to a security context constraint',
    'Take no admission plugin away: the constraints are part of every OpenShift API server unless its configuration is overridden.',
  ),
  'apiserver.admission.ServiceAccount': medium(
    'Every pod runs as a ServiceAccount that is there',
    'Take ServiceAccount out of --disable-admission-plugins.',
  ),
  'apiserver.admission.NamespaceLifecycle': medium(
    'Nothing is created in namespaces that are missing or on their way out',
    'Take NamespaceLifecycle out of --disable-admission-plugins.',
  ),
  'apiserver.admission.NodeRestriction': high(
    'A kubelet can change only its own node and the pods on it',
    'Add NodeRestriction to --enable-admission-plugins.',
  ),
  'apiserver.insecure-bind-address': critical(
    'The API server has no address without TLS',
    'Remove --insecure-bind-address.',
  ),
  'apiserver.insecure-port': critical(
    'The API server is not served without TLS',
    'Run a version without an insecure port (1.20 and newer), or set --insecure-port=0.',
  ),
  'apiserver.secure-port': high(
    'The API server is served over TLS',
    'Remove --secure-port, or set it to a port above 0.',
  ),
  'apiserver.profiling': low('The API server offers no profiling', 'Start it with --profiling=false.'),
  'apiserver.audit-log-path': medium(
    'The audit log is written',
    'Give the API server a file or a webhook for its audit log.',
  ),
  'apiserver.audit-log-maxage': medium(
    'The audit log is kept long enough',
    'Set --audit-log-maxage to 30 days or longer.',
  ),
  'apiserver.audit-log-maxbackup': low(
    'Enough old files of the audit log are kept',
    'Set --audit-log-maxbackup to 10 or more, as the disk allows.',
  ),
  'apiserver.audit-log-maxsize': low(
    'A file of the audit log may grow large enough before the next is begun',
    'Set --audit-log-maxsize to 100 MB or more.',
  ),
  'apiserver.audit-log-forwarding': medium(
    'OpenShift forwards its audit logs',
    'Create a ClusterLogForwarder that sends the audit input to a store outside of the cluster.',
  ),
  'apiserver.request-timeout': low(
    'Requests to the API server may take only as long as they need',
    'Leave --request-timeout at its default of one minute; raise it with care where slow links need more.',
  ),
  'apiserver.service-account-lookup': medium(
    'A token is refused once its ServiceAccount is deleted',
    'Remove --service-account-lookup, or set it to true.',
  ),
  'apiserver.service-account-key-file': medium(
    'A key of its own verifies the tokens of ServiceAccounts',
    'Set --service-account-key-file to a key that serves nothing else.',
  ),
  'apiserver.service-account-extend-token-expiration': medium(
    'Tokens of ServiceAccounts expire when they say so',
    'Set --service-account-extend-token-expiration=false as soon as all clients read their renewed tokens.',
  ),
  'apiserver.etcd-client-cert': high(
    'The API server shows etcd a client certificate',
    'Set --etcd-certfile and --etcd-keyfile.',
  ),
  'apiserver.etcd-cafile': high(
    'The API server verifies the certificate of etcd',
    'Set --etcd-cafile to the authority that signs the certificates of etcd.',
  ),
  'apiserver.tls-cert': medium(
    'The API server serves a certificate that its operators chose',
    'Set --tls-cert-file and --tls-private-key-file.',
  ),
  'apiserver.tls-cipher-suites': medium(
    'The API server takes strong ciphers alone',
    'Set --tls-cipher-suites to those of TLS 1.3 and to ECDHE with AES-GCM or ChaCha20.',
  ),
  'apiserver.client-ca-file': medium(
    'The API server knows whose client certificates to trust',
    'Set --client-ca-file.',
  ),
  'apiserver.encryption-provider-config': high(
    'Secrets are encrypted before they are stored',
    'Start the API server with --encryption-provider-config.',
  ),
  'apiserver.encryption-providers': high(
    'Secrets are encrypted by a strong provider',
    'Put a key management service first in the encryption configuration, or else secretbox or aescbc.',
  ),
  'apiserver.user-authentication-method': high(
    'People log in through an identity provider',
    'Connect the API server to your identity provider by OIDC or an authentication configuration.',
  ),
  'apiserver.api-priority-and-fairness': low(
    'The API server shares its time fairly among its clients',
    'Leave API Priority and Fairness on, as OpenShift does.',
  ),
  'apiserver.tls-min-version': medium(
    'The API server refuses old versions of TLS',
    'Set --tls-min-version to VersionTLS12 or VersionTLS13.',
  ),
  'apiserver.no-alpha': medium(
    'The API server serves no alpha features',
    'Take AllAlpha=true out of --feature-gates.',
  ),
  'apiserver.no-basic-auth': high(
    'The API server reads no file of passwords',
    'Remove --basic-auth-file; newer versions of Kubernetes know it no more.',
  ),
  'apiserver.ports': low(
    'The API server uses approved ports alone',
    'Compare the ports of the API server with the list of your organization.',
  ),
  'apiserver.admission.ValidatingAdmissionWebhook': high(
    'Validating webhooks can refuse what is admitted',
    'Take ValidatingAdmissionWebhook out of --disable-admission-plugins.',
  ),
  'apiserver.admission.PodSecurityPolicy': medium(
    'Pod security policies hold pods to rules',
    'Enforce Pod Security levels on namespaces: PodSecurityPolicy was removed in Kubernetes 1.25.',
  ),
  'apiserver.admission.PodSecurity': high(
    'Pod Security admission is on',
    'Take PodSecurity out of --disable-admission-plugins and PodSecurity=false out of --feature-gates.',
  ),
  'apiserver.pod-security-configuration': medium(
    'A configuration says which Pod Security level holds where a namespace says none',
    'Name a configuration of the plugin PodSecurity in --admission-control-config-file.',
  ),
  'apiserver.healthz-rbac': medium(
    'What the API server tells of its health and metrics needs a right',
    'Give the right to its health and metrics endpoints to monitoring alone.',
  ),
  'apiserver.unsupported-config-overrides': medium(
    'OpenShift’s API servers run without unsupported overrides',
    'Empty spec.unsupportedConfigOverrides of the KubeAPIServer and of the other operators’ configurations.',
  ),
} as const satisfies Requirements
