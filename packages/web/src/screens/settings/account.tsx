// Account: who is signed in, what they may do and see.

import { useMe } from '../../data/session.ts'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { roleWords } from './parts.ts'

const named = (things: readonly { readonly name: string }[]) =>
  things.length === 0 ? 'none' : things.map(({ name }) => name).join(', ')

export function Account() {
  const { name, role, teams, zones, seesAll } = useMe()
  return (
    <Panel title="Account">
      <dl className={plain.facts}>
        <dt>Name</dt>
        <dd>{name}</dd>
        <dt>Role</dt>
        <dd>{roleWords[role]}</dd>
        <dt>Teams</dt>
        <dd>{named(teams)}</dd>
        <dt>Sees</dt>
        <dd>{seesAll ? 'everything' : zones.length === 0 ? 'nothing yet' : `zones ${named(zones)}`}</dd>
      </dl>
    </Panel>
  )
}
