// CIS Amazon EKS Benchmark 1.6.0, by what it changed against 1.5.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.5.0.ts'

// The one public list of its levels calls every control level 1, which no older edition bears out: levels are left out.
export const list = changeControls(older, {
  removed: ['pod.security-context'],
  replaced: { 'rbac.system-masters': 'eks.access-entries-api' },
  added: { 'cloud.audit-logs': { 'cloud.audit-logs-managed': 'M' } },
  withoutLevels: true,
})

export const edition = makeEdition(
  {
    benchmark: 'cis-eks',
    edition: '1.6.0',
    title: 'CIS Amazon EKS Benchmark 1.6.0',
    source: 'CIS Amazon EKS Benchmark 1.6.0 of 2024-12-23; ids and labels as in CyberStrikeus/CyberStrike',
    distributions: ['eks'],
  },
  list,
)
