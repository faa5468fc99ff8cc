// Profiles: which settings of rules and controls hold where; they are set on the rules screen of a standard.

import { Button, Select } from '@mantine/core'
import type { Profile } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { useMay } from '../../data/session.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Read } from '../../parts/states.tsx'
import { counted, editionName } from '../../parts/words.ts'
import styles from './settings.module.css'

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
            <div className={styles.wide}>
              <table className={plain.table}>
                <thead>
                  <tr>
                    <th scope="col">Profile</th>
                    <th scope="col">Given to</th>
                    <th scope="col">Holds for</th>
                    <th scope="col">Sets</th>
                    <th scope="col">Rules</th>
                    {mayRemove && <th scope="col">Change</th>}
                  </tr>
                </thead>
                <tbody>
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
                          <Button
                            variant="default"
                            size="compact-sm"
                            aria-label={`Remove ${profile.name}`}
                            onClick={() => setLeaving(profile)}
                          >
                            Remove
                          </Button>
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Read>
      {leaving && (
        <ConfirmDialog
          isOpen
          isDangerous
          title={`Remove ${leaving.name}?`}
          verb="Remove"
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate([leaving.id], { onSuccess: () => setLeaving(null) })}
          close={() => setLeaving(null)}
        >
          The {counted(leaving.holdsFor, 'cluster')} that it holds for are judged by the next narrowest.
        </ConfirmDialog>
      )}
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
