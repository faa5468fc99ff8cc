// Visibility: which part of the fleet a person may see: all for admins, the zones of their teams for others.

import type { Kysely } from 'kysely'
import { everything, type Permitted, type ZoneTerm } from '../../store/permitted.ts'
import type { Schema } from '../../store/schema.ts'
import { termsOfPerson } from '../../store/teams.ts'
import type { Role } from '../caller.ts'

/**
 * What a person sees. `team` narrows it to the zones of one team, also for an admin's token, who then sees those of the person's own
 * membership only.
 */
export async function permittedOf(
  db: Kysely<Schema>,
  person: { readonly id: string; readonly role: Role },
  team: string | null = null,
): Promise<Permitted> {
  if (person.role === 'admin' && team === null) return everything
  return permittedBy(await termsOfPerson(db, person.id, team))
}

/** A term that asks for nothing covers the whole fleet. */
export const permittedBy = (terms: readonly ZoneTerm[]): Permitted =>
  terms.some(term => Object.values(term).every(part => part === undefined))
    ? everything
    : { all: false, terms }
