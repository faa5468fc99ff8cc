// Teams: who sees which zones: people, by hand or by a group of the OIDC provider, and the zones that they see.

import { Button, Group, MultiSelect, TextInput } from '@mantine/core'
import type { Team } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Read } from '../../parts/states.tsx'
import { counted } from '../../parts/words.ts'
import { FormDialog } from './form-dialog.tsx'
import { EndDialog, RowButton, SettingsTable } from './list-parts.tsx'

export function Teams() {
  const teams = useThing('listTeams')
  const remove = useChange('removeTeam', ['listTeams'])
  const [edited, setEdited] = useState<Team | 'new' | null>(null)
  const [leaving, setLeaving] = useState<Team | null>(null)
  return (
    <Panel
      title="Teams"
      says="Everybody but admins sees the zones of their teams, and nothing else."
      aside={
        <Button variant="default" onClick={() => setEdited('new')}>
          Add team
        </Button>
      }
    >
      <Read query={teams}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No team yet">Without one, only admins see anything.</Empty>
          ) : (
            <SettingsTable columns={['Team', 'People', 'Zones', 'OIDC group', 'Change']}>
              {items.map(team => (
                <tr key={team.id}>
                  <td>
                    {team.name} <span className={plain.fine}>{team.description}</span>
                  </td>
                  <td title={team.members.map(({ login }) => login).join(', ')}>
                    {counted(team.members.length, 'person', 'people')}
                  </td>
                  <td>{team.zones.map(({ name }) => name).join(', ') || 'none'}</td>
                  <td>{team.oidcGroup ?? 'none'}</td>
                  <td>
                    <Group gap="xs" wrap="nowrap">
                      <RowButton verb="Edit" of={team.name} onClick={() => setEdited(team)} />
                      <RowButton verb="Remove" of={team.name} onClick={() => setLeaving(team)} />
                    </Group>
                  </td>
                </tr>
              ))}
            </SettingsTable>
          )
        }
      </Read>
      {edited && <TeamForm team={edited === 'new' ? undefined : edited} close={() => setEdited(null)} />}
      <EndDialog leaving={leaving} ending={remove} close={() => setLeaving(null)}>
        Its people stay, and no longer see its zones by it.
      </EndDialog>
    </Panel>
  )
}

function TeamForm({ team, close }: { readonly team: Team | undefined; readonly close: () => void }) {
  const people = useThing('listPeople')
  const allZones = useThing('listZones')
  const create = useChange('createTeam', ['listTeams'])
  const update = useChange('updateTeam', ['listTeams'])
  const [name, setName] = useState(team?.name ?? '')
  const [description, setDescription] = useState(team?.description ?? '')
  const [group, setGroup] = useState(team?.oidcGroup ?? '')
  // Who is in it by their group comes and goes with that, and is not set here.
  const [members, setMembers] = useState(team?.members.filter(one => !one.byOidc).map(({ id }) => id) ?? [])
  const [zones, setZones] = useState(team?.zones.map(({ id }) => id) ?? [])
  const save = () => {
    const body = { name: name.trim(), description, oidcGroup: group.trim() || null, members, zones }
    if (team) update.mutate([team.id, body, team.version], { onSuccess: close })
    else create.mutate([body], { onSuccess: close })
  }
  return (
    <FormDialog
      title={team ? `Edit ${team.name}` : 'Add team'}
      verb="Save"
      isBusy={create.isPending || update.isPending}
      error={create.error ?? update.error}
      onSubmit={save}
      close={close}
    >
      <TextInput label="Name" required value={name} onChange={event => setName(event.currentTarget.value)} />
      <TextInput
        label="Description"
        value={description}
        onChange={event => setDescription(event.currentTarget.value)}
      />
      <MultiSelect
        label="People"
        searchable
        data={(people.data?.items ?? []).map(one => ({ value: one.id, label: `${one.name} (${one.login})` }))}
        value={members}
        onChange={setMembers}
      />
      <TextInput
        label="OIDC group"
        description="People of this group belong to the team as long as they are in it."
        value={group}
        onChange={event => setGroup(event.currentTarget.value)}
      />
      <MultiSelect
        label="Zones"
        searchable
        data={(allZones.data?.items ?? []).map(one => ({ value: one.id, label: one.name }))}
        value={zones}
        onChange={setZones}
      />
    </FormDialog>
  )
}
