// DISA STIG for OpenShift 4, V2R2, each requirement as what is true when it is met.
//
// Severities are those of its categories. Most of it is about the nodes' operating system, whose settings MachineConfigs bring but only
// the nodes themselves show.

import { makeTopics } from '../editions/make-topics.ts'
import { high, low, medium } from '../requirements/requirement.ts'

const auditRules = 'the audit rules of nodes'
const auditDaemon = 'the audit daemon of nodes'
const kernel = 'the kernel settings of nodes'
const services = 'the services of nodes'
const logFiles = 'the log files of nodes'
const quotaOfProjects = { rule: 'openshift-project-template', parameters: { object: 'ResourceQuota' } }
const renewedImages = ['openshift-image-stream-schedule', 'openshift-allowed-registries']
const machineConfig = 'Bring the setting by a MachineConfig to all pools.'
const ruleByMachineConfig = 'Bring the audit rule by a MachineConfig to all pools.'

export const edition = makeTopics(
  {
    benchmark: 'disa-stig-ocp4',
    edition: 'v2r2',
    title: 'DISA OpenShift Container Platform 4.12 STIG V2R2',
    source: 'DISA OpenShift 4.12 STIG V2R2; ids, categories and labels as in ComplianceAsCode/content',
    distributions: ['openshift'],
  },
  () => ({
    'CNTR-OS OpenShift and its nodes': {
      'CNTR-OS-000010': {
        ...medium(
          'OpenShift pulls images over TLS alone',
          'Empty insecureRegistries in the Image configuration, and mark no import registry insecure.',
        ),
        rules: ['openshift-insecure-registries'],
      },
      'CNTR-OS-000020': {
        ...medium(
          'OpenShift’s endpoints speak TLS 1.2 or newer',
          'Set the TLS security profile of APIServer, IngressController and KubeletConfig to Intermediate or stricter.',
        ),
        rules: ['openshift-tls-profile'],
      },
      'CNTR-OS-000030': {
        ...medium(
          'People of OpenShift are managed in one place',
          'Configure an identity provider other than htpasswd, over TLS, and remove kubeadmin.',
        ),
        rules: ['openshift-identity-provider', 'openshift-kubeadmin'],
      },
      'CNTR-OS-000040': {
        ...medium(
          'The account kubeadmin is gone',
          'Delete the Secret kubeadmin in kube-system once an identity provider works.',
        ),
        rules: ['openshift-identity-provider', 'openshift-kubeadmin'],
      },
      'CNTR-OS-000050': {
        ...medium('Nodes record when accounts are created', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000060': {
        ...medium('Nodes record when accounts are changed', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000070': {
        ...medium('Nodes record what is done to accounts', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000080': {
        ...medium('Nodes record when accounts are removed', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000090': {
        ...high(
          'OpenShift’s roles give what is needed alone',
          'Remove wildcards and bindings to cluster-admin.',
        ),
        of: ['rbac.least-privilege', 'rbac.cluster-admin', 'rbac.wildcards'],
      },
      'CNTR-OS-000100': {
        ...medium(
          'Each project has network policies',
          'Give each namespace of users a NetworkPolicy that denies by default.',
        ),
        of: ['network.cni-supports-networkpolicy', 'network.namespace-networkpolicy'],
      },
      'CNTR-OS-000110': {
        ...medium(
          'New projects are born with network policies',
          'Put NetworkPolicies into the project template and name it in the Project configuration.',
        ),
        rules: ['openshift-project-template'],
      },
      'CNTR-OS-000130': {
        ...low(
          'A banner stands before the login',
          'Put the notice into the login templates, the console’s banner and motd.',
        ),
        rules: ['openshift-login-notice'],
        attest: 'that the notice is the one which the organization must show',
      },
      'CNTR-OS-000150': {
        ...medium(
          'All parts of OpenShift write audit records',
          'Set the audit profile of the APIServer to Default or stricter, and run auditd on nodes.',
        ),
        of: ['audit.policy-coverage'],
        onNodes: services,
      },
      'CNTR-OS-000160': {
        ...medium('Nodes record attempts to use privileges', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000170': {
        ...high(
          'Nodes record from the moment that they start',
          'Set the kernel arguments audit=1 and audit_backlog_limit by MachineConfig.',
        ),
        rules: ['openshift-audit-log-forwarding'],
        onNodes: kernel,
      },
      'CNTR-OS-000180': {
        ...medium('Audit records say what happened', 'Run auditd on nodes.'),
        onNodes: auditDaemon,
      },
      'CNTR-OS-000190': {
        ...medium('Audit records say when it happened', 'Leave the format of auditd enriched.'),
        onNodes: auditDaemon,
      },
      'CNTR-OS-000200': {
        ...medium('Audit records say how it ended', 'Leave the format of auditd enriched.'),
        onNodes: auditDaemon,
      },
      'CNTR-OS-000210': {
        ...medium(
          'Somebody learns when audit records fail',
          'Have auditd act on errors and full disks, and alert on them.',
        ),
        rules: ['openshift-audit-error-alert'],
        onNodes: auditDaemon,
      },
      'CNTR-OS-000220': {
        ...medium(
          'OpenShift sends audit logs to a central place',
          'Create a ClusterLogForwarder for the audit input.',
        ),
        of: ['apiserver.audit-log-forwarding'],
      },
      'CNTR-OS-000230': {
        ...medium('Nodes take the time of audit records from a clock kept right', machineConfig),
        onNodes: services,
      },
      'CNTR-OS-000240': {
        ...medium('Nodes ask several time servers', 'Name several servers in the configuration of chrony.'),
        onNodes: services,
      },
      'CNTR-OS-000250': {
        ...medium(
          'Audit logs of nodes are closed to others',
          'Give audit logs to root and take all rights from others.',
        ),
        onNodes: logFiles,
      },
      'CNTR-OS-000260': {
        ...medium(
          'The journal of nodes has a mode that closes it to others',
          'Set the mode of journal files to 640.',
        ),
        onNodes: logFiles,
      },
      'CNTR-OS-000270': {
        ...medium('The journal of nodes belongs to root', 'Give journal files to root and systemd-journal.'),
        onNodes: logFiles,
      },
      'CNTR-OS-000280': {
        ...medium(
          'The log directory of nodes has a mode that keeps it from changes',
          'Set the mode of /var/log to 755.',
        ),
        onNodes: logFiles,
      },
      'CNTR-OS-000290': {
        ...medium('The log directory of nodes belongs to root', 'Give /var/log to root.'),
        onNodes: logFiles,
      },
      'CNTR-OS-000300': {
        ...medium('Logs of pods belong to root', 'Give /var/log/pods, with all in it, to root.'),
        onNodes: logFiles,
      },
      'CNTR-OS-000310': {
        ...medium('Audit rules of nodes cannot be changed until they restart', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000320': {
        ...medium('The user id of a login cannot be changed afterwards', ruleByMachineConfig),
        rules: ['openshift-logging-view'],
        onNodes: auditRules,
      },
      'CNTR-OS-000330': {
        ...medium(
          'Logging tools are open to their administrators alone',
          'Take view, change and delete on logging resources out of other roles.',
        ),
        rules: ['openshift-logging-view', 'openshift-logging-change'],
        onNodes: auditRules,
      },
      'CNTR-OS-000340': {
        ...medium(
          'Validated cryptography guards the integrity of logs',
          'Install the cluster in FIPS mode, and forward logs over TLS.',
        ),
        rules: ['openshift-log-forwarding-tls'],
        onNodes: kernel,
      },
      'CNTR-OS-000360': {
        ...medium(
          'OpenShift refuses images without signature',
          'Set the default of policy.json to reject, by MachineConfig.',
        ),
        onNodes: 'the signature policy of nodes',
      },
      'CNTR-OS-000380': {
        ...medium(
          'The cluster holds only images that it needs',
          'Remove images and streams that nobody uses.',
        ),
        manual: 'that the cluster holds only images that it needs',
      },
      'CNTR-OS-000390': {
        ...medium(
          'OpenShift uses approved ports and protocols alone',
          'Compare them with the list of your organization.',
        ),
        manual: 'that ports and protocols are among those that the organization approved',
      },
      'CNTR-OS-000400': {
        ...high(
          'Root cannot log in over SSH, and idle sessions end',
          'Refuse root in sshd by MachineConfig, and set accessTokenInactivityTimeout.',
        ),
        rules: ['openshift-idle-session'],
        onNodes: services,
      },
      'CNTR-OS-000430': {
        ...medium(
          'People log in with more than a password',
          'Ask for a second factor in the identity provider.',
        ),
        manual: 'that the identity provider asks for a second factor',
      },
      'CNTR-OS-000440': {
        ...medium(
          'A login that was overheard cannot be used again',
          'Log in through an identity provider that hands out signed tokens, and remove kubeadmin.',
        ),
        rules: ['openshift-identity-provider', 'openshift-kubeadmin'],
      },
      'CNTR-OS-000460': {
        ...high(
          'The identity provider uses validated cryptography',
          'Run the identity provider in FIPS mode.',
        ),
        manual: 'that the identity provider uses validated cryptography',
      },
      'CNTR-OS-000490': {
        ...medium(
          'Sessions end after ten minutes without use',
          'Set accessTokenInactivityTimeout to 10m in OAuth.',
        ),
        rules: ['openshift-idle-session'],
      },
      'CNTR-OS-000500': {
        ...medium(
          'What people use stands apart from what manages the cluster',
          'Keep workloads of users off the control plane and out of its namespaces.',
        ),
        manual: 'that workloads of users stand apart from what manages the cluster',
      },
      'CNTR-OS-000510': {
        ...high(
          'Validated cryptography guards sessions',
          'Install the cluster in FIPS mode, and forward logs over TLS.',
        ),
        rules: ['openshift-log-forwarding-tls'],
        onNodes: kernel,
      },
      'CNTR-OS-000540': {
        ...medium('SELinux enforces its policy on nodes', 'Leave SELinux of nodes enforcing.'),
        onNodes: kernel,
      },
      'CNTR-OS-000560': {
        ...medium(
          'Kernels of nodes poison memory that they free',
          'Set the kernel argument page_poison=1 by MachineConfig.',
        ),
        onNodes: kernel,
      },
      'CNTR-OS-000570': {
        ...medium(
          'Kernels of nodes offer no virtual system calls',
          'Set the kernel argument vsyscall=none by MachineConfig.',
        ),
        onNodes: kernel,
      },
      'CNTR-OS-000580': {
        ...medium(
          'Kernels of nodes poison objects that they free',
          'Set the kernel argument slub_debug=P by MachineConfig.',
        ),
        onNodes: kernel,
      },
      'CNTR-OS-000590': {
        ...medium(
          'Directories open to all keep files from being replaced by others',
          'Set the sticky bit on them.',
        ),
        onNodes: 'directories of nodes',
      },
      'CNTR-OS-000600': {
        ...medium(
          'The kernel’s messages are closed to others',
          'Set kernel.dmesg_restrict to 1 by MachineConfig.',
        ),
        onNodes: kernel,
      },
      'CNTR-OS-000610': {
        ...medium(
          'Kernels of nodes cannot be profiled by others',
          'Set kernel.perf_event_paranoid to 2 by MachineConfig.',
        ),
        onNodes: kernel,
      },
      'CNTR-OS-000620': {
        ...medium('New projects are born with a quota', 'Put a ResourceQuota into the project template.'),
        rules: [quotaOfProjects],
      },
      'CNTR-OS-000630': {
        ...medium('Routes bound how often they are called', 'Set the annotations for rate limits on Routes.'),
        rules: ['openshift-route-rate-limit'],
      },
      'CNTR-OS-000650': {
        ...low('Who logs out is told so', 'Set the logout URL of the console.'),
        rules: ['openshift-logout-page'],
      },
      'CNTR-OS-000660': {
        ...high(
          'Containers run with the least privileges',
          'Let workloads use restricted constraints alone, and accept what needs more one by one.',
        ),
        of: [
          'ocp.scc-access',
          'pod.allow-privilege-escalation',
          'pod.host-namespaces',
          'pod.host-path',
          'pod.host-ports',
          'pod.privileged',
          'pod.run-as-non-root',
        ],
      },
      'CNTR-OS-000670': {
        ...low(
          'Nodes have room for a week of audit records',
          'Give /var/log/audit a partition of its own that is large enough.',
        ),
        onNodes: auditDaemon,
      },
      'CNTR-OS-000690': {
        ...medium('Alerts about audit records reach people', 'Configure receivers of Alertmanager.'),
        manual: 'that alerts about failing audit records reach people',
      },
      'CNTR-OS-000720': {
        ...medium('Nodes record programs that run as another user', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000740': {
        ...medium(
          'OpenShift installs signed updates alone',
          'Update by the cluster version operator, without force.',
        ),
        rules: ['openshift-update-verification'],
      },
      'CNTR-OS-000760': {
        ...medium(
          'Tokens of people live eight hours at most',
          'Set accessTokenMaxAgeSeconds to 28800 or less in OAuth.',
        ),
        rules: ['openshift-token-lifetime'],
      },
      'CNTR-OS-000770': {
        ...medium('Scanners have the rights that scanning needs', 'Give the scanner a role of its own.'),
        manual: 'that vulnerability scanners have the rights that they need, and no others',
      },
      'CNTR-OS-000780': {
        ...medium(
          'OpenShift encrypts what it stores in etcd',
          'Set spec.encryption.type of the APIServer to aescbc or aesgcm.',
        ),
        of: ['apiserver.encryption-providers'],
      },
      'CNTR-OS-000800': {
        ...medium(
          'A default quota keeps one project from stopping the others',
          'Put a ResourceQuota into the project template.',
        ),
        rules: [quotaOfProjects],
      },
      'CNTR-OS-000810': {
        ...medium(
          'Quotas keep one namespace from stopping the others',
          'Create a ResourceQuota in each namespace of users.',
        ),
        of: ['workload.resource-quota'],
      },
      'CNTR-OS-000820': {
        ...medium(
          'What OpenShift sends is encrypted and cannot be changed',
          'Serve Routes over TLS, and encrypt between nodes where it matters.',
        ),
        manual: 'that what is sent is encrypted where it matters',
      },
      'CNTR-OS-000860': {
        ...medium('Data in memory cannot be run as code', 'Leave the protection on in firmware and kernel.'),
        onNodes: kernel,
      },
      'CNTR-OS-000870': {
        ...medium('Programs lie at random addresses', 'Set kernel.randomize_va_space to 2 by MachineConfig.'),
        onNodes: kernel,
      },
      'CNTR-OS-000880': {
        ...medium('Old images are removed', 'Turn on the image pruner.'),
        rules: ['openshift-image-pruner'],
      },
      'CNTR-OS-000890': {
        ...medium(
          'Images are renewed on schedule',
          'Set importPolicy.scheduled on image streams, and allow chosen registries.',
        ),
        rules: renewedImages,
        attest: 'that the registries are those which the organization approved',
      },
      'CNTR-OS-000900': {
        ...medium(
          'Updates of what runs are installed in time',
          'Import images on schedule and roll out what changed.',
        ),
        rules: renewedImages,
        attest: 'that what was imported is rolled out in the time that the organization sets',
      },
      'CNTR-OS-000910': {
        ...medium(
          'The Compliance Operator is set up',
          'Install it and bind a profile by a ScanSettingBinding.',
        ),
        rules: ['openshift-compliance-scans'],
      },
      'CNTR-OS-000920': {
        ...medium('Security functions are checked again and again', 'Give the ScanSetting a schedule.'),
        rules: ['openshift-compliance-scans', 'openshift-scan-schedule'],
      },
      'CNTR-OS-000930': {
        ...medium('Nodes record attempts to change privileges', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000940': {
        ...medium('Nodes record attempts to change what guards them', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000950': {
        ...medium('Nodes record attempts to take privileges away', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000960': {
        ...medium('Nodes record attempts to delete what guards them', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000970': {
        ...medium('Nodes record attempts to log in', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000980': {
        ...medium('Nodes record kernel modules that come and go', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-000990': {
        ...medium('Nodes record when sessions begin and end', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-001000': {
        ...medium('Nodes record logins of one account from several places', ruleByMachineConfig),
        onNodes: auditRules,
      },
      'CNTR-OS-001010': {
        ...high(
          'Nodes run no SSH server',
          'Disable sshd by MachineConfig; oc debug reaches nodes under rights and audit.',
        ),
        onNodes: services,
      },
      'CNTR-OS-001020': {
        ...medium(
          'Nodes take no USB storage',
          'Keep the kernel module usb-storage from loading by MachineConfig.',
        ),
        onNodes: kernel,
      },
      'CNTR-OS-001030': {
        ...medium(
          'USBGuard decides which devices nodes take',
          'Install and enable USBGuard where there is a USB controller.',
        ),
        onNodes: services,
      },
      'CNTR-OS-001060': {
        ...medium(
          'Images are scanned all the time',
          'Install a scanner such as the Container Security Operator.',
        ),
        rules: ['openshift-image-scanner'],
      },
      'CNTR-OS-001080': {
        ...medium('Signatures use validated hash functions', 'Install the cluster in FIPS mode.'),
        onNodes: kernel,
      },
    },
  }),
)
