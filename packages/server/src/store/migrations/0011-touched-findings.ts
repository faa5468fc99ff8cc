// Migration 11: an index of the findings of which people decided something.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 11,
  name: 'touched findings',
  sql: `
-- For the facets of triage and assignee: few of all findings.
create index finding_touched on finding (cluster_id, state, outcome) include (triage, assignee, severity, rule, kind, namespace)
  where triage <> 'new' or assignee is not null;
`,
}
