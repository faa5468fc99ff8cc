// Migration 9: fewer indexes on what ingest writes: each is a part of what a large snapshot costs.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 9,
  name: 'fewer indexes',
  sql: `
-- Versions of a content are found by its resource's key, which the content has too.
drop index resource_hash;
-- Bodies are sought by cluster; most of them are older than whatever instant is asked for.
drop index object_stored;
-- Of a cluster's API nearly everything is: only the small scopes gain by an index of theirs.
drop index resource_scope;
create index resource_scope on resource_version (cluster_id, scope) where valid_to = 'infinity' and scope <> 'api';
`,
}
