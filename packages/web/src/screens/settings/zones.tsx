// Zones: parts of the fleet by account, cluster, namespace and label, each with what it matches now.

import { Button, Group } from '@mantine/core'
import type { Zone } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Read } from '../../parts/states.tsx'
import { EndDialog, RowButton, SettingsTable } from './list-parts.tsx'
import { Matched } from './matched.tsx'
import { ZoneForm } from './zone-form.tsx'

export function Zones() {
  const zones = useThing('listZones')
  const remove = useChange('removeZone', ['listZones', 'listTeams'])
  const [edited, setEdited] = useState<Zone | 'new' | null>(null)
  const [leaving, setLeaving] = useState<Zone | null>(null)
  return (
    <Panel
      title="Zones"
      says="A zone holds what any of its terms matches. Teams see zones, and profiles are given to them."
      aside={
        <Button variant="default" onClick={() => setEdited('new')}>
          Add zone
        </Button>
      }
    >
      <Read query={zones}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No zone yet">A zone lets a team see its part of the fleet.</Empty>
          ) : (
            <SettingsTable columns={['Zone', 'Matches now', 'Change']}>
              {items.map(zone => (
                <tr key={zone.id}>
                  <td>
                    {zone.name} <span className={plain.fine}>{zone.description}</span>
                  </td>
                  <td>
                    <Matched terms={zone.terms} />
                  </td>
                  <td>
                    <Group gap="xs" wrap="nowrap">
                      <RowButton verb="Edit" of={zone.name} onClick={() => setEdited(zone)} />
                      <RowButton verb="Remove" of={zone.name} onClick={() => setLeaving(zone)} />
                    </Group>
                  </td>
                </tr>
              ))}
            </SettingsTable>
          )
        }
      </Read>
      {edited && <ZoneForm zone={edited === 'new' ? undefined : edited} close={() => setEdited(null)} />}
      <EndDialog leaving={leaving} ending={remove} close={() => setLeaving(null)}>
        It goes only where no team sees it and no profile is given to it.
      </EndDialog>
    </Panel>
  )
}
