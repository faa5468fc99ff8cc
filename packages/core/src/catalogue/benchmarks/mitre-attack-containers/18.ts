// MITRE ATT&CK v18, techniques of the platform Containers, each as what makes it hard.
//
// A technique stands under the first of its tactics in the order of its definition. Which rules speak of it is our own judgement: they
// see what the technique needs, not whether somebody uses it. Those that leave no trace in configuration are for people.

import { makeTopics } from '../editions/make-topics.ts'
import { high, low, medium } from '../requirements/requirement.ts'

const detection =
  'that what runs in containers is watched, and somebody answers what is found; configuration does not show an attack under way'

export const edition = makeTopics(
  {
    benchmark: 'mitre-attack-containers',
    edition: '18',
    title: 'MITRE ATT&CK for Containers v18',
    source: 'MITRE ATT&CK v18 (mitre/cti, November 2025), techniques with the platform Containers',
  },
  () => ({
    'initial-access Initial access': {
      T1133: {
        ...high(
          'Ways in from outside lead to what is meant to be reached alone',
          'Take dashboards, SSH servers and control planes off public addresses.',
        ),
        of: ['kubelet.anonymous-auth', 'kubelet.read-only-port', 'apiserver.anonymous-auth'],
        rules: [
          'kubernetes-dashboard',
          'service-load-balancer',
          'service-node-port',
          'service-ssh-port',
          'ssh-port',
        ],
      },
      T1190: {
        ...high(
          'Applications that face the internet have no known holes',
          'Scan and patch what is reached from outside, and put it behind a gateway.',
        ),
        manual: 'that applications reached from outside are scanned, tested and patched',
      },
    },
    'execution Execution': {
      T1053: {
        ...medium(
          'Jobs are scheduled by those alone who must',
          'Take create on jobs and cronjobs out of roles that do not need it.',
        ),
        of: ['rbac.pod-create'],
      },
      'T1053.007': {
        ...medium(
          'The cluster’s own scheduler of jobs serves no intruder',
          'Give the right to create CronJobs to deployment pipelines alone, and look through the CronJobs that are there.',
        ),
        of: ['rbac.pod-create'],
      },
      'T1059.013': {
        ...medium(
          'Commands given to container runtimes are noticed',
          'Watch for container command lines and API clients where nobody works with them.',
        ),
        manual: detection,
      },
      T1204: {
        ...medium(
          'People do not run what strangers put before them',
          'Teach and help developers to take images and charts from known places alone.',
        ),
        manual: 'that developers take images and charts from known places alone',
      },
      'T1204.003': {
        ...medium(
          'Images with malice inside do not get to run',
          'Scan images before use, and pull from registries that you chose.',
        ),
        manual: 'that images are scanned before they are used',
      },
      T1609: {
        ...high(
          'Commands inside running containers are for few',
          'Take create on pods/exec and pods/attach, and nodes/proxy, out of roles; turn anonymous access to kubelets off.',
        ),
        of: ['kubelet.anonymous-auth', 'kubelet.authorization-mode', 'rbac.node-proxy'],
        rules: ['pod-exec', 'pod-debugging'],
      },
    },
    'persistence Persistence': {
      T1098: {
        ...high(
          'Nobody can widen their own rights',
          'Take bind, escalate and impersonate, and writing of bindings, out of roles.',
        ),
        of: ['rbac.bind-impersonate-escalate'],
        rules: ['rbac-write'],
      },
      'T1098.006': {
        ...high(
          'Nobody can bind themselves to further roles of the cluster',
          'Let pipelines alone write role bindings, and look at bindings to cluster-admin again and again.',
        ),
        of: ['rbac.cluster-admin', 'rbac.bind-impersonate-escalate'],
        rules: ['rbac-write'],
      },
      T1136: {
        ...medium(
          'Accounts are made by those alone who must',
          'Take create on serviceaccounts and certificatesigningrequests out of roles that do not need it.',
        ),
        of: ['rbac.csr-approval'],
        rules: ['service-account-creation'],
      },
      'T1136.001': {
        ...medium(
          'ServiceAccounts and their tokens are made by those alone who must',
          'Take create on serviceaccounts and serviceaccounts/token out of roles that do not need it.',
        ),
        of: ['rbac.serviceaccount-token-create'],
        rules: ['service-account-creation'],
      },
      T1525: {
        ...medium(
          'An image changed in the registry does not get to run',
          'Verify signatures at admission and pin images by digest.',
        ),
        of: ['supplychain.image-provenance'],
        rules: ['image-latest-tag'],
      },
      T1543: {
        ...high(
          'Pods leave nothing on nodes that starts again by itself',
          'Mount no directories of nodes in which services or static pods are defined.',
        ),
        of: ['pod.privileged'],
        rules: ['sensitive-host-path'],
      },
      'T1543.005': {
        ...high(
          'Nobody starts containers on nodes behind the cluster’s back',
          'Keep sockets of container runtimes out of pods, and DaemonSets to administrators.',
        ),
        of: ['rbac.pod-create'],
        rules: ['container-runtime-socket'],
      },
    },
    'privilege-escalation Privilege escalation': {
      T1068: {
        ...medium(
          'Kernels and runtimes have no known holes',
          'Patch nodes soon, and narrow system calls by seccomp.',
        ),
        manual: 'that nodes and container runtimes are patched soon',
      },
      T1611: {
        ...high(
          'Nothing lets a container out to its node',
          'Hold namespaces to the baseline Pod Security Standard at least.',
        ),
        of: ['pod.privileged', 'pod.host-namespaces', 'pod.host-path'],
        rules: [
          'added-capabilities',
          'bidirectional-mount-propagation',
          'container-runtime-socket',
          'git-repo-volume',
          'proc-mount',
          'sysctl-value-injection',
          'unsafe-sysctls',
        ],
      },
    },
    'defense-evasion Defense evasion': {
      T1036: {
        ...low('Things are what they are named', 'Look for workloads that pose as parts of the system.'),
        manual: detection,
      },
      'T1036.005': {
        ...low(
          'No workload hides behind a name of the system',
          'Compare names in kube-system with what your distribution brings.',
        ),
        manual: 'that workloads named like parts of the system are such parts',
      },
      'T1036.010': {
        ...low(
          'No account hides behind a name that everybody trusts',
          'Look through accounts whose names resemble those of the system or of people.',
        ),
        manual: 'that accounts named like those of the system or of people are theirs',
      },
      T1070: {
        ...low('Traces cannot be wiped away', 'Send logs out of the cluster as they are written.'),
        manual: 'that logs leave the cluster as they are written',
      },
      T1078: {
        ...high(
          'Accounts that work are in the right hands',
          'Bind people under their own names, and let every credential expire.',
        ),
        of: ['auth.no-user-sa-tokens', 'auth.no-user-client-certs', 'rbac.system-masters'],
      },
      'T1078.001': {
        ...medium(
          'Accounts that came with the cluster can do no harm',
          'Give default ServiceAccounts, and anonymous callers, no rights.',
        ),
        of: ['serviceaccount.default-unused', 'rbac.no-bind-anonymous', 'rbac.no-bind-unauthenticated'],
      },
      'T1078.003': {
        ...medium(
          'A stolen token of a ServiceAccount is of little use',
          'Mount tokens where they are used alone, let them expire, and give their accounts few rights.',
        ),
        of: ['serviceaccount.token-automount'],
        rules: ['legacy-service-account-token'],
      },
      T1550: {
        ...medium(
          'What stands in for a password cannot be passed on for long',
          'Use tokens that expire and are bound to their pod.',
        ),
        rules: ['legacy-service-account-token'],
      },
      'T1550.001': {
        ...medium(
          'A token of the cluster dies with the pod that it was made for',
          'Replace token Secrets by projected tokens, and do not extend their life.',
        ),
        of: ['apiserver.service-account-extend-token-expiration', 'serviceaccount.token-automount'],
        rules: ['legacy-service-account-token'],
      },
      T1562: {
        ...medium(
          'What defends the cluster cannot be turned off unseen',
          'Guard webhooks, policies and agents by rights, and raise an alert when one goes.',
        ),
        manual: detection,
      },
      'T1562.001': {
        ...medium(
          'Agents and policies cannot be changed by those whom they watch',
          'Give the right to change webhooks, policies and security agents to their administrators alone.',
        ),
        manual: 'that security agents and policies are guarded, and an alert is raised when one goes',
      },
      T1610: {
        ...high(
          'Those who may deploy containers cannot deploy dangerous ones',
          'Give create on pods to few, and enforce a Pod Security Standard in every namespace.',
        ),
        of: ['rbac.pod-create', 'psa.namespace-enforcement'],
      },
      T1612: {
        ...medium(
          'Nobody builds images on the nodes',
          'Keep sockets of container runtimes out of pods; build in a pipeline, without root.',
        ),
        rules: ['container-runtime-socket'],
      },
    },
    'credential-access Credential access': {
      T1110: {
        ...low(
          'Passwords cannot be guessed by trying',
          'Log in through an identity provider that locks out and asks for a second factor.',
        ),
        manual: 'that the identity provider notices many attempts and asks for a second factor',
      },
      'T1110.001': {
        ...low('Passwords are hard to guess', 'Ask for long passwords and a second factor.'),
        manual: 'that the identity provider asks for passwords that are hard to guess',
      },
      'T1110.003': {
        ...low(
          'One password tried on many accounts opens none',
          'Refuse common passwords and watch for attempts over many accounts.',
        ),
        manual: 'that common passwords are refused and attempts over many accounts are noticed',
      },
      'T1110.004': {
        ...low(
          'Passwords lost elsewhere open nothing here',
          'Refuse passwords known from leaks, and ask for a second factor.',
        ),
        manual: 'that passwords known from leaks are refused',
      },
      T1528: {
        ...high(
          'Tokens lie only where they are needed',
          'Mount no tokens into pods that do not call the API server, and let few read Secrets.',
        ),
        of: ['serviceaccount.token-automount', 'rbac.secrets-access'],
        rules: ['legacy-service-account-token'],
      },
      T1552: {
        ...high(
          'Credentials do not lie about',
          'Keep credentials in Secrets that few may read, and mount them as files.',
        ),
        of: ['secrets.no-env-secrets', 'rbac.secrets-access'],
        rules: [
          'credentials-in-env',
          'credentials-in-configmap',
          'credentials-in-args',
          'credentials-in-annotations',
        ],
      },
      'T1552.001': {
        ...high(
          'Files that pods see hold no credentials of others',
          'Keep credentials out of ConfigMaps and images, and directories of nodes that hold them out of pods.',
        ),
        rules: [
          'cloud-credentials-host-path',
          'sensitive-host-path',
          'credentials-in-env',
          'credentials-in-configmap',
          'credentials-in-args',
          'credentials-in-annotations',
        ],
      },
      'T1552.007': {
        ...high(
          'The APIs of the cluster and its runtimes give out no credentials',
          'Give the right to read Secrets to few, and keep sockets of container runtimes out of pods.',
        ),
        of: ['rbac.secrets-access', 'apiserver.anonymous-auth'],
        rules: ['container-runtime-socket'],
      },
    },
    'discovery Discovery': {
      T1046: {
        ...low(
          'An intruder in a pod sees little of the network',
          'Deny by default between namespaces, and watch for scans.',
        ),
        manual: 'that scans of the network are noticed',
      },
      T1069: {
        ...low(
          'Who has which rights is not told to everybody',
          'Take list on roles and bindings out of roles that do not need it.',
        ),
        of: ['rbac.no-bind-authenticated', 'rbac.wildcards'],
      },
      T1613: {
        ...medium(
          'Strangers learn nothing of what runs in the cluster',
          'Turn anonymous access to the API server and kubelets off, and remove the Dashboard.',
        ),
        of: ['apiserver.anonymous-auth', 'kubelet.anonymous-auth', 'kubelet.read-only-port'],
        rules: ['kubernetes-dashboard'],
      },
    },
    'impact Impact': {
      T1485: {
        ...medium(
          'What is destroyed can be brought back',
          'Keep backups of etcd and of volumes outside of the cluster.',
        ),
        manual: 'that backups are kept outside of the cluster and were tried',
      },
      T1490: {
        ...medium(
          'Backups are out of an intruder’s reach',
          'Keep backups and snapshots under rights that nothing in the cluster has.',
        ),
        manual: 'that nothing in the cluster can delete its backups',
      },
      T1496: {
        ...low(
          'Nobody uses the cluster’s resources for themselves',
          'Bound what namespaces may use, and watch for what they use.',
        ),
        manual: 'that unusual use of resources and its cost are noticed',
      },
      'T1496.001': {
        ...low('Nobody mines on the cluster’s processors', 'Bound CPU by quotas, and watch for miners.'),
        manual: 'that unusual use of processors is noticed',
      },
      'T1496.002': {
        ...low('Nobody sells the cluster’s bandwidth', 'Bound egress by policy, and watch how much leaves.'),
        manual: 'that unusual traffic out of the cluster is noticed',
      },
      T1498: {
        ...low(
          'A flood from the network does not stop the cluster',
          'Have the provider or a gateway take floods off.',
        ),
        manual: 'that something in front of the cluster takes floods off',
      },
      T1499: {
        ...low(
          'One workload’s load does not stop the others',
          'Bound memory, processors and processes of every workload.',
        ),
        manual: 'that load beyond what is planned for is bounded and noticed',
      },
    },
  }),
)
