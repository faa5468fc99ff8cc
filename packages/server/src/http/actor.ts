// Actor: who a change is written down as made by, of the request that asks for it.

import { type Actor, actorOf } from '../services/access/audit.ts'
import type { Caller } from '../services/caller.ts'

export const by = ({ caller, address }: { readonly caller: Caller; readonly address: string }): Actor =>
  actorOf(caller, address)
