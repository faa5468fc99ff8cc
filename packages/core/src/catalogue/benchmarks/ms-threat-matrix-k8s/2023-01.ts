// Microsoft’s threat matrix for Kubernetes of January 2023, each technique as what makes it hard.
//
// A technique stands under the first of its tactics. Which rules speak of it is our own judgement: they see what the technique needs, not
// whether somebody uses it.

import { makeTopics } from '../editions/make-topics.ts'
import { critical, high, low, medium } from '../requirements/requirement.ts'

export const edition = makeTopics(
  {
    benchmark: 'ms-threat-matrix-k8s',
    edition: '2023-01',
    title: 'Microsoft Threat Matrix for Kubernetes 2023-01',
    source: 'microsoft/Threat-Matrix-for-Kubernetes, docs/techniques, January 2023',
  },
  () => ({
    'InitialAccess Initial access': {
      'MS-TA9001': {
        ...high(
          'Credentials of the cloud do not open the cluster to all who hold them',
          'Give people narrow access to the cluster through an identity provider, and watch the cloud’s administrators.',
        ),
        rules: ['aws-auth-system-masters'],
        inCloud: 'which of its identities reach the cluster',
      },
      'MS-TA9002': {
        ...medium(
          'A bad image in a registry does not get into the cluster',
          'Verify signatures at admission, scan images, and pull from registries that you chose.',
        ),
        of: ['supplychain.image-provenance', 'supplychain.image-scanning-admission'],
        rules: ['deprecated-image-registry', 'image-latest-tag'],
      },
      'MS-TA9003': {
        ...high(
          'A lost kubeconfig file opens nothing for long',
          'Log in through an identity provider; keep client certificates and fixed tokens out of kubeconfig files.',
        ),
        of: ['auth.no-user-client-certs', 'auth.no-user-sa-tokens', 'rbac.system-masters'],
      },
      'MS-TA9004': {
        ...medium(
          'A hole in a public application does not open the cluster',
          'Patch what faces the internet and confine its pods.',
        ),
        of: ['pod.run-as-non-root', 'pod.read-only-root-fs', 'serviceaccount.token-automount'],
        rules: ['ingress-nginx-injection', 'retired-ingress-nginx'],
      },
      'MS-TA9005': {
        ...high(
          'Interfaces that manage things are not open to the world',
          'Take dashboards and consoles off public addresses, and have each ask who calls.',
        ),
        rules: ['kubernetes-dashboard', 'service-load-balancer', 'service-node-port'],
      },
    },
    'Execution Execution': {
      'MS-TA9006': {
        ...high(
          'Running commands in containers is for few',
          'Take create on pods/exec and pods/attach out of roles.',
        ),
        rules: ['pod-exec'],
      },
      'MS-TA9007': {
        ...low(
          'A shell in a container can do little',
          'Make file systems read-only, and leave shells out of images.',
        ),
        of: ['pod.read-only-root-fs', 'pod.run-as-non-root'],
      },
      'MS-TA9008': {
        ...medium(
          'Containers are started by those alone who must',
          'Take create on pods and on workloads out of roles that do not need it.',
        ),
        of: ['rbac.pod-create'],
      },
      'MS-TA9009': {
        ...medium(
          'An application taken over from outside gives no foothold',
          'Confine its pod, and give it neither a token nor the network that it does not need.',
        ),
        of: [
          'network.namespace-networkpolicy',
          'pod.allow-privilege-escalation',
          'pod.run-as-non-root',
          'serviceaccount.token-automount',
        ],
      },
      'MS-TA9010': {
        ...medium(
          'No SSH server runs in a container',
          'Remove it from the image; kubectl exec does the same under rights and the audit log.',
        ),
        rules: ['service-ssh-port', 'ssh-port'],
      },
      'MS-TA9011': {
        ...medium(
          'Nobody slips a container into pods of others',
          'Give the right to change workloads and mutating webhooks to few.',
        ),
        of: ['rbac.webhook-config', 'rbac.pod-create'],
        rules: ['ephemeral-container', 'pod-debugging'],
      },
    },
    'Persistence Persistence': {
      'MS-TA9012': {
        ...medium(
          'Nobody leaves behind a workload that starts again',
          'Give the right to create DaemonSets and Deployments to pipelines alone.',
        ),
        of: ['rbac.pod-create'],
      },
      'MS-TA9013': {
        ...high('Pods write nothing to their nodes', 'Use no hostPath volumes, or mount them read-only.'),
        of: ['pod.host-path'],
        rules: ['sensitive-host-path', 'writable-host-path'],
      },
      'MS-TA9014': {
        ...medium('Nobody leaves behind a CronJob', 'Give the right to create CronJobs to pipelines alone.'),
        of: ['rbac.pod-create'],
      },
      'MS-TA9015': {
        ...high(
          'No stranger’s webhook reads or changes what is admitted',
          'Give the right to configure webhooks to few, and look through those that are there.',
        ),
        of: ['rbac.webhook-config'],
      },
      'MS-TA9017': {
        ...high(
          'Nobody can put static pods onto nodes',
          'Mount no directories of nodes in which manifests lie, and own manifests by root.',
        ),
        of: ['file.apiserver-manifest.mode:600'],
        rules: ['sensitive-host-path'],
      },
    },
    'PrivilegeEscalation Privilege escalation': {
      'MS-TA9018': {
        ...critical(
          'No container has its node’s privileges',
          'Leave privileged unset, and enforce the baseline Pod Security Standard.',
        ),
        of: ['pod.privileged', 'pod.host-namespaces'],
        rules: ['added-capabilities'],
      },
      'MS-TA9019': {
        ...high(
          'Bindings to cluster-admin are few and known',
          'Remove those that nobody can account for, and let nobody make new ones.',
        ),
        of: ['rbac.cluster-admin', 'rbac.bind-impersonate-escalate'],
      },
      'MS-TA9020': {
        ...high(
          'A pod reaches in the cloud what is its own alone',
          'Give each workload a cloud identity of its own, and keep pods from the metadata service.',
        ),
        of: ['network.metadata-service-blocked'],
        rules: ['dedicated-cloud-identity'],
        inCloud: 'the identities of nodes, and what pods may get of them',
      },
    },
    'DefenseEvasion Defense evasion': {
      'MS-TA9021': {
        ...low(
          'Logs of containers cannot be wiped away',
          'Collect logs as they are written, and keep /var/log of nodes out of pods.',
        ),
        of: ['audit.worker-and-container-logs', 'pod.host-path'],
        rules: ['log-deletion'],
      },
      'MS-TA9022': {
        ...low(
          'Events cannot be deleted by those who would hide something',
          'Take delete on events out of roles, and send events out of the cluster.',
        ),
        rules: ['event-deletion'],
      },
      'MS-TA9023': {
        ...low(
          'No pod hides among those of the system',
          'Keep workloads of users out of kube-system, and know what belongs there.',
        ),
        of: ['workload.kube-system-not-for-users'],
      },
      'MS-TA9024': {
        ...low(
          'Nobody reaches the API server from behind a stranger’s proxy',
          'Open the API server’s endpoint to known addresses alone.',
        ),
        of: ['cloud.control-plane-restricted'],
      },
    },
    'CredentialAccess Credential access': {
      'MS-TA9016': {
        ...high(
          'A container’s ServiceAccount is worth little to an intruder',
          'Mount tokens where they are used alone, and give their accounts few rights.',
        ),
        of: ['serviceaccount.token-automount', 'serviceaccount.default-unused'],
      },
      'MS-TA9025': {
        ...high('Listing Secrets is for few', 'Take get, list and watch on secrets out of roles.'),
        of: ['rbac.secrets-access'],
      },
      'MS-TA9026': {
        ...high(
          'The cloud credentials of a node are out of pods’ sight',
          'Mount no directory of nodes that holds credentials of the cloud.',
        ),
        rules: ['cloud-credentials-host-path'],
      },
      'MS-TA9027': {
        ...high(
          'Configuration of applications holds no credentials',
          'Move credentials from ConfigMaps, arguments and environment variables into Secrets, mounted as files.',
        ),
        of: ['secrets.no-env-secrets'],
        rules: [
          'credentials-in-env',
          'credentials-in-configmap',
          'credentials-in-args',
          'credentials-in-annotations',
        ],
      },
      'MS-TA9028': {
        ...high(
          'Pods get no credentials from the metadata service',
          'Deny egress to the metadata service, or have the cloud refuse pods.',
        ),
        of: ['network.metadata-service-blocked'],
      },
    },
    'Discovery Discovery': {
      'MS-TA9029': {
        ...medium(
          'The API server tells little to those who come without rights',
          'Turn anonymous requests off, and mount no tokens into pods that do not call it.',
        ),
        of: ['apiserver.anonymous-auth', 'rbac.no-bind-authenticated', 'serviceaccount.token-automount'],
      },
      'MS-TA9030': {
        ...high(
          'Kubelets answer those alone who have the right',
          'Turn off anonymous requests and the read-only port of kubelets, and have them ask the API server.',
        ),
        of: ['kubelet.anonymous-auth', 'kubelet.authorization-mode', 'kubelet.read-only-port'],
      },
      'MS-TA9031': {
        ...medium('From one pod the others cannot be found', 'Deny traffic between namespaces by default.'),
        of: ['network.namespace-networkpolicy', 'network.default-deny'],
      },
      'MS-TA9033': {
        ...medium(
          'Pods learn nothing of their node from the metadata service',
          'Deny egress to 169.254.169.254.',
        ),
        of: ['network.metadata-service-blocked'],
      },
    },
    'LateralMovement Lateral movement': {
      'MS-TA9034': {
        ...medium(
          'Pods cannot talk to pods that they have no business with',
          'Give each namespace a policy that denies by default.',
        ),
        of: ['network.cni-supports-networkpolicy', 'network.namespace-networkpolicy', 'network.default-deny'],
      },
      'MS-TA9035': {
        ...medium(
          'Nobody can change what names mean inside the cluster',
          'Give the right to change ConfigMaps in kube-system to administrators alone.',
        ),
        rules: [{ rule: 'kube-system-configmap-write', parameters: { configMap: 'coredns' } }],
      },
      'MS-TA9036': {
        ...medium(
          'Pods cannot pose as others on the network',
          'Drop NET_RAW, and leave the host’s network to the host.',
        ),
        of: ['pod.drop-net-raw', 'pod.host-network'],
      },
    },
    'Collection Collection': {
      'MS-TA9037': {
        ...medium(
          'Credentials for private registries are in few hands',
          'Give the right to read Secrets with pull credentials to few, and let nodes pull as themselves.',
        ),
        of: ['rbac.secrets-access'],
      },
      'MS-TA9041': {
        ...medium(
          'Data cannot be copied out of pods by those who should not see it',
          'Take create on pods/exec, which kubectl cp needs, out of roles.',
        ),
        rules: ['pod-exec'],
      },
    },
    'Impact Impact': {
      'MS-TA9038': {
        ...medium(
          'Nobody can delete what is not theirs',
          'Take delete and deletecollection on workloads, claims and volumes out of roles.',
        ),
        rules: ['excessive-deletion'],
      },
      'MS-TA9039': {
        ...low(
          'A workload uses no more than it was given',
          'Set limits on CPU and memory, and quotas on namespaces.',
        ),
        of: ['workload.resource-quota'],
        rules: ['cpu-limits', 'memory-limits'],
      },
      'MS-TA9040': {
        ...low(
          'Neither load nor malice from within stops the cluster',
          'Bound what namespaces may use, and what the API server takes.',
        ),
        of: ['workload.resource-quota', 'workload.limit-range', 'apiserver.admission.EventRateLimit'],
        rules: ['memory-limits'],
      },
    },
  }),
)
