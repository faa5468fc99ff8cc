// Requirements on workloads and their namespaces: pods, secrets, images, admission.

import { critical, high, low, medium, type Requirements } from './requirement.ts'

export const workloads = {
  'pod.privileged': critical(
    'No container is privileged',
    'Leave privileged unset and grant the single capability or device that is needed.',
  ),
  'pod.host-pid': high('No pod sees the processes of its node', 'Leave hostPID unset.'),
  'pod.host-ipc': high('No pod shares the IPC namespace of its node', 'Leave hostIPC unset.'),
  'pod.host-network': high(
    'No pod uses the network of its node',
    'Leave hostNetwork unset and reach the pod through a Service.',
  ),
  'pod.host-namespaces': high(
    'No pod shares a namespace of its node',
    'Leave hostPID, hostIPC and hostNetwork unset.',
  ),
  'pod.host-path': high(
    'No pod mounts a path of its node',
    'Use PersistentVolumeClaims, ConfigMaps or emptyDir in place of hostPath volumes.',
  ),
  'pod.host-ports': medium(
    'No container takes a port of its node',
    'Leave hostPort unset and reach the pod through a Service.',
  ),
  'pod.allow-privilege-escalation': medium(
    'No process of a container can gain more privileges than it was started with',
    'Set allowPrivilegeEscalation to false.',
  ),
  'pod.run-as-non-root': medium(
    'Containers run as users other than root',
    'Build images for a user other than root, and set runAsNonRoot or a runAsUser above 0.',
  ),
  'pod.run-as-root-or-root-group': medium(
    'No container runs as root or in the group root',
    'Set runAsUser and runAsGroup to ids other than 0, and keep 0 out of the further groups.',
  ),
  'pod.drop-net-raw': medium(
    'No container can forge packets',
    'Drop NET_RAW, or better ALL, from the capabilities of each container.',
  ),
  'pod.no-added-capabilities': medium(
    'No container adds capabilities',
    'Remove capabilities.add; where one is needed, grant it to that workload alone and accept the risk by an exception.',
  ),
  'pod.drop-all-capabilities': medium(
    'Every container gives up all capabilities',
    'Set capabilities.drop to ALL.',
  ),
  'pod.windows-host-process': high(
    'No container is a process of a Windows node',
    'Leave windowsOptions.hostProcess unset.',
  ),
  'pod.seccomp-profile': medium(
    'Seccomp narrows the system calls of containers',
    'Set the seccomp profile RuntimeDefault for the pod.',
  ),
  'pod.apparmor-profile': medium(
    'AppArmor confines containers',
    'Leave the AppArmor profile to the runtime, or name one that is loaded on the nodes.',
  ),
  'pod.selinux-options': medium(
    'SELinux confines containers',
    'Leave seLinuxOptions to the runtime, or name one of the types made for containers.',
  ),
  'pod.read-only-root-fs': medium(
    'Root file systems of containers are read-only',
    'Set readOnlyRootFilesystem and mount an emptyDir where the application must write.',
  ),
  'pod.security-context': low(
    'Every pod says by a security context how it wants to be confined',
    'Give each pod and container a securityContext; start from the restricted Pod Security Standard.',
  ),
  'pod.runtime-class-sandbox': low(
    'Workloads that are not trusted run in a sandbox',
    'Run them with a RuntimeClass of gVisor or Kata Containers.',
  ),
  'pod.unprivileged-ports': low(
    'Containers use ports above 1023',
    'Have programs listen on a port from 1024 on, and map it in the Service.',
  ),
  'workload.dedicated-namespaces': medium(
    'What users create stands in namespaces made for it',
    'Move it out of default, kube-public and kube-node-lease.',
  ),
  'workload.default-namespace': low(
    'The namespace default is not used',
    'Create workloads in namespaces of their own.',
  ),
  'workload.namespaces-used': low(
    'Namespaces separate what does not belong together',
    'Give each application or team a namespace of its own.',
  ),
  'workload.kube-system-not-for-users': medium(
    'Namespaces of Kubernetes itself hold no workloads of users',
    'Move the workload to a namespace of its own.',
  ),
  'workload.resource-quota': low(
    'Each namespace has a bound on what it may use',
    'Create a ResourceQuota in the namespace.',
  ),
  'workload.limit-range': low(
    'Each namespace bounds what a single container may use',
    'Create a LimitRange in the namespace.',
  ),
  'secrets.no-env-secrets': low(
    'Secrets reach containers as files, not as environment variables',
    'Mount the Secret as a volume and have the application read the file.',
  ),
  'secrets.external-store': low(
    'Secrets come from a store outside of the cluster',
    'Use the Secrets Store CSI driver, the External Secrets operator or a KMS provider.',
  ),
  'admission.policy-control-present': medium(
    'Something refuses pods that are too privileged',
    'Enforce Pod Security levels on namespaces, or run a policy engine whose webhook fails closed.',
  ),
  'psa.baseline-enforced': medium(
    'Every namespace enforces the baseline Pod Security Standard or a stricter one',
    'Label namespaces pod-security.kubernetes.io/enforce: baseline, or restricted where workloads allow it.',
  ),
  'psa.namespace-enforcement': medium(
    'Every namespace enforces a Pod Security Standard',
    'Label namespaces pod-security.kubernetes.io/enforce: restricted, or baseline where workloads need more.',
  ),
  'supplychain.image-provenance': medium(
    'Only images whose origin is proven are admitted',
    'Verify signatures at admission: sigstore policy-controller, Kyverno, Binary Authorization or the like, failing closed.',
  ),
  'supplychain.image-scanning-admission': medium(
    'Images are scanned before they may run',
    'Scan images in the pipeline and refuse at admission those that were not scanned or are bad.',
  ),
  'supplychain.minimal-images': low(
    'Images hold no more than the application needs',
    'Build on minimal bases, without shells and package managers.',
  ),
  'registry.allow-list': medium(
    'Images come from registries that were approved',
    'List the approved registries in a profile (rule image-registry) and refuse others at admission.',
  ),
} as const satisfies Requirements
