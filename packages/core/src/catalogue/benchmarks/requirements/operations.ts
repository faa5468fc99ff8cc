// Requirements on running a cluster: audit logs, detection, updates.

import { low, medium, type Requirements } from './requirement.ts'

export const operations = {
  'audit.policy-set': medium(
    'A policy says what the audit log records',
    'Give the API server an audit policy that records at least who changed what.',
  ),
  'audit.policy-coverage': low(
    'The audit policy records what matters',
    'Record access to Secrets, ConfigMaps and TokenReviews as metadata, and changes of pods and roles as requests.',
  ),
  'audit.log-shipping': medium(
    'Audit logs are kept outside of the cluster',
    'Send the audit log to a store that the cluster’s administrators cannot change.',
  ),
  'audit.worker-and-container-logs': low(
    'Logs of nodes and containers are collected',
    'Run a log collector on every node.',
  ),
  'audit.seccomp-audit-mode': low(
    'System calls of containers are recorded where that is worth it',
    'Use a seccomp profile that logs, to learn what a workload calls.',
  ),
  'audit.syslog-or-siem': low(
    'Somebody is told when logs show trouble',
    'Forward logs to a SIEM and write alerts for what must not happen.',
  ),
  'detection.runtime-ids': low(
    'Something watches what containers do while they run',
    'Run a runtime detection agent on every node.',
  ),
  'lifecycle.supported-version': medium(
    'The cluster runs a version of Kubernetes that gets fixes',
    'Upgrade to one of the three newest minor versions.',
  ),
  'lifecycle.patching': medium(
    'Security fixes are installed soon',
    'Follow the patch releases of Kubernetes and of the nodes’ operating system.',
  ),
  'lifecycle.kubectl-version': low(
    'People use a kubectl without known holes',
    'Update kubectl with the cluster; 1.12.9 and newer copy files safely.',
  ),
  'lifecycle.vulnerability-scans': low(
    'Vulnerabilities are looked for again and again',
    'Scan images, nodes and the cluster on a schedule, and have the results read.',
  ),
  'lifecycle.remove-unused-components': low(
    'What is not used any more is removed',
    'Delete workloads, images, roles and add-ons that nobody needs.',
  ),
} as const satisfies Requirements
