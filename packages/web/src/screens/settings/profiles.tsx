// Profiles: which settings of rules and controls hold where; they are set on the rules screen of a standard.

import { Select } from '@mantine/core'
import type { Profile } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { useMay } from '../../data/session.ts'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Read } from '../../parts/states.tsx'
import { counted, editionName } from '../../parts/words.ts'
import { EndDialog, RowButton, SettingsTable } from './list-parts.tsx'

export function Profiles() {
  const profiles = useThing('listProfiles')
  const standards = useThing('listStandards')
  const remove = useChange('removeProfile', ['listProfiles', 'getBenchmark', 'listStandards'])
  const mayRemove = useMay('admin')
  const [chosen, setChosen] = useState<string | null>(null)
  const [leaving, setLeaving] = useState<Profile | null>(null)
  const all = standards.data?.items ?? []
  const standard = all.find(one => editionName(one) === chosen) ?? all[0]
  return (
    <Panel
      title="Profiles"
      says="Of the profiles that are given to a cluster, to its zones and to the fleet, the narrowest holds."
      aside={
        <Select
          aria-label="Standard whose rules are shown"
          w={240}
          searchable
          allowDeselect={false}
          data={all.map(editionName)}
          value={standard ? editionName(standard) : null}
          onChange={setChosen}
        />
      }
    >
      <Read query={profiles}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title="No profile yet"
              action={standard && <RulesLink standard={standard} profile={undefined} />}
            >
              The built-in settings hold. Turning off a rule makes one.
            </Empty>
          ) : (
            <SettingsTable
              columns={[
                'Profile',
                'Given to',
                'Holds for',
                'Sets',
                'Rules',
                ...(mayRemove ? ['Change'] : []),
              ]}
            >
              {items.map(profile => (
                <tr key={profile.id}>
                  <td>
                    {profile.name} <span className={plain.fine}>{profile.description}</span>
                    {profile.faults.map(fault => (
                      <p key={fault}>Does not fit: {fault}</p>
                    ))}
                  </td>
                  <td>{givenTo(profile)}</td>
                  <td>{counted(profile.holdsFor, 'cluster')}</td>
                  <td>
                    {counted(Object.keys(profile.rules).length, 'rule')},{' '}
                    {counted(Object.keys(profile.controls).length, 'control')}
                  </td>
                  <td>{standard && <RulesLink standard={standard} profile={profile} />}</td>
                  {mayRemove && (
                    <td>
                      <RowButton verb="Remove" of={profile.name} onClick={() => setLeaving(profile)} />
                    </td>
                  )}
                </tr>
              ))}
            </SettingsTable>
          )
        }
      </Read>
      <EndDialog leaving={leaving} ending={remove} close={() => setLeaving(null)}>
        The {counted(leaving?.holdsFor ?? 0, 'cluster')} that it holds for are judged by the next narrowest.
      </EndDialog>
    </Panel>
  )
}

const givenTo = ({ isDefault, zones, clusters }: Profile) =>
  [
    isDefault && 'the fleet',
    zones.length > 0 && counted(zones.length, 'zone'),
    clusters.length > 0 && counted(clusters.length, 'cluster'),
  ]
    .filter(Boolean)
    .join(', ') || 'nothing'

interface RulesLinkProps {
  readonly standard: { readonly benchmark: string; readonly edition: string }
  readonly profile: Profile | undefined
}

const RulesLink = ({ standard: { benchmark, edition }, profile }: RulesLinkProps) => (
  <Link
    to="/compliance/$benchmark/$edition/rules"
    params={{ benchmark, edition }}
    search={profile ? { profile: profile.id } : {}}
  >
    Rules of {editionName({ benchmark, edition })}
  </Link>
)
