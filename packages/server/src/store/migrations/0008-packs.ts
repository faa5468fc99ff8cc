// Migration 8: objects that came together are packed together, so that what they have in common is kept and worked on once.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 8,
  name: 'packs',
  // Servers from before read the bodies of objects where there are none now.
  compatibleFrom: 8,
  sql: `
-- The contents of some objects that came together, one after the other, packed as one. It stays until none of them is referred to.
create table object_pack (
  cluster_id text not null,
  -- Begins with the time: packs that came together lie together.
  pack_id uuid not null,
  packing smallint not null,
  body bytea not null,
  stored_at timestamptz not null,
  primary key (cluster_id, pack_id)
);
-- An object's content is in its own body, or in that of a pack: from byte start on, as many bytes as its JSON has.
alter table object_body alter column body drop not null, add column pack_id uuid, add column start integer not null default 0;
create index object_packed on object_body (cluster_id, pack_id) where pack_id is not null;
create index object_alone on object_body (cluster_id, hash) where pack_id is null;

-- No statement looks for what uploads name by its hash alone.
drop index upload_item_hash;

-- What readers unpack an object from.
create view object_content as
  select b.cluster_id, b.hash, b.resource_key, b.packing, coalesce(p.body, b.body) as body, b.start, b.bytes
  from object_body b left join object_pack p on p.cluster_id = b.cluster_id and p.pack_id = b.pack_id;
`,
}
