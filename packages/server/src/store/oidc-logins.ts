// OIDC logins: the statements of sign-ins under way at the provider.

import type { Selectable } from 'kysely'
import type { Client } from './schema.ts'
import type { AccessTables } from './schema-access.ts'

type Row = Selectable<AccessTables['oidc_login']>

export async function addOidcLogin(client: Client, row: Row): Promise<void> {
  await client.insertInto('oidc_login').values(row).execute()
}

/** Takes a sign-in out: it can be ended once. */
export const takeOidcLogin = (client: Client, stateHash: Buffer): Promise<Row | undefined> =>
  client.deleteFrom('oidc_login').where('state_hash', '=', stateHash).returningAll().executeTakeFirst()

export async function dropOldOidcLogins(client: Client, before: Date): Promise<void> {
  await client.deleteFrom('oidc_login').where('created_at', '<', before).execute()
}
