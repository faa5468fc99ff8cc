// Requirements on kubelets, and on the nodes beside their files.

import { critical, high, low, medium, type Requirements } from './requirement.ts'

export const kubelet = {
  'kubelet.anonymous-auth': high(
    'Kubelets take no anonymous requests',
    'Set authentication.anonymous.enabled to false in the kubelet’s configuration.',
  ),
  'kubelet.authorization-mode': critical(
    'Kubelets ask the API server what a caller may do',
    'Set authorization.mode to Webhook in the kubelet’s configuration.',
  ),
  'kubelet.client-ca-file': high(
    'Kubelets know whose client certificates to trust',
    'Set authentication.x509.clientCAFile in the kubelet’s configuration.',
  ),
  'kubelet.read-only-port': medium(
    'Kubelets have no port that tells everybody of their pods',
    'Set readOnlyPort to 0 in the kubelet’s configuration.',
  ),
  'kubelet.streaming-connection-idle-timeout': low(
    'Kubelets close sessions that nobody uses any more',
    'Leave streamingConnectionIdleTimeout at its default of four hours, or set it to less, but not to 0.',
  ),
  'kubelet.protect-kernel-defaults': low(
    'Kubelets leave the kernel’s settings alone',
    'Set protectKernelDefaults to true in the kubelet’s configuration.',
  ),
  'kubelet.make-iptables-util-chains': low(
    'Kubelets keep their own packet filter chains in order',
    'Remove makeIPTablesUtilChains, or set it to true.',
  ),
  'kubelet.hostname-override': low(
    'Kubelets use the name of their machine',
    'Remove --hostname-override, unless the cloud needs it.',
  ),
  'kubelet.event-qps': low(
    'Kubelets report events as fast as they must be seen',
    'Set eventRecordQPS to what the cluster needs; 0 means no bound.',
  ),
  'kubelet.tls-cert': medium(
    'Kubelets serve certificates that their operators chose',
    'Set tlsCertFile and tlsPrivateKeyFile, or have kubelets request certificates by serverTLSBootstrap.',
  ),
  'kubelet.rotate-certificates': medium(
    'Kubelets renew their client certificates',
    'Remove rotateCertificates, or set it to true.',
  ),
  'kubelet.rotate-server-certificate': medium(
    'Kubelets renew their serving certificates',
    'Set serverTLSBootstrap to true, leave the feature RotateKubeletServerCertificate on, and approve the requests.',
  ),
  'kubelet.tls-cipher-suites': medium(
    'Kubelets take strong ciphers alone',
    'Set tlsCipherSuites to ECDHE with AES-GCM or ChaCha20.',
  ),
  'kubelet.tls-cipher-suites:rsa': medium(
    'Kubelets take strong ciphers, with RSA key exchange among them',
    'Set tlsCipherSuites to ECDHE with AES-GCM or ChaCha20; later editions leave RSA key exchange out.',
  ),
  'kubelet.pod-pids-limit': medium(
    'A pod can start only so many processes',
    'Set podPidsLimit in the kubelet’s configuration.',
  ),
  'kubelet.seccomp-default': medium(
    'Pods that ask for no seccomp profile get that of the runtime',
    'Set seccompDefault to true in the kubelet’s configuration.',
  ),
  'kubelet.image-and-container-gc': low(
    'OpenShift’s kubelets clear away images and containers in time',
    'Set thresholds for eviction and image garbage collection in a KubeletConfig.',
  ),
  'kubelet.static-pods': high(
    'Kubelets start no pods from files',
    'Remove staticPodPath from the kubelet’s configuration on nodes without a control plane.',
  ),
  'kubelet.no-dynamic-auditing': low(
    'Kubelets do not turn on audit webhooks that are set up from the cluster',
    'Take DynamicAuditing out of featureGates; newer versions of Kubernetes know it no more.',
  ),
  'kubelet.no-dynamic-config': medium(
    'The configuration of kubelets cannot be changed from the cluster',
    'Take DynamicKubeletConfig out of featureGates; newer versions of Kubernetes know it no more.',
  ),
  'node.sshd-stopped': medium('No SSH server runs on nodes', 'Stop the service sshd on worker nodes.'),
  'node.sshd-disabled': medium(
    'No SSH server starts with a node',
    'Disable the service sshd on worker nodes.',
  ),
  'node.systemd-ip-address-deny': medium(
    'systemd lets only the addresses that need it talk to the kubelet',
    'Set IPAddressDeny=any and IPAddressAllow in the systemd unit of the kubelet.',
  ),
} as const satisfies Requirements
