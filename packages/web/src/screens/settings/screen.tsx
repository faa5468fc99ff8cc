// Screen settings: who may do and see what, tokens, profiles and the sample fleet; which of them stands in the address.

import { Tabs } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { holdsRole, useMe } from '../../data/session.ts'
import { PageHead } from '../../parts/panel.tsx'
import { Empty, NoPermission } from '../../parts/states.tsx'
import { Account } from './account.tsx'
import { partFacts, type SettingsPart, settingsParts } from './parts.ts'
import { People } from './people.tsx'
import { Profiles } from './profiles.tsx'
import { Sample } from './sample.tsx'
import styles from './settings.module.css'
import { Teams } from './teams.tsx'
import { Tokens } from './tokens.tsx'
import { Zones } from './zones.tsx'

const shown: Readonly<Record<SettingsPart, ComponentType>> = {
  account: Account,
  people: People,
  teams: Teams,
  zones: Zones,
  tokens: Tokens,
  profiles: Profiles,
  sample: Sample,
}

export function SettingsScreen() {
  const { part } = useParams({ from: '/shell/settings/$part' })
  const navigate = useNavigate()
  const { role } = useMe()
  const chosen = settingsParts.find(one => one === part)
  const Shown = chosen && shown[chosen]
  return (
    <>
      <PageHead title="Settings" />
      <Tabs
        value={chosen ?? null}
        keepMounted={false}
        onChange={value => value && void navigate({ to: '/settings/$part', params: { part: value } })}
      >
        <Tabs.List>
          {settingsParts
            .filter(one => holdsRole(role, partFacts[one].role))
            .map(one => (
              <Tabs.Tab key={one} value={one}>
                {partFacts[one].title}
              </Tabs.Tab>
            ))}
        </Tabs.List>
        {chosen && Shown && holdsRole(role, partFacts[chosen].role) && (
          <Tabs.Panel value={chosen} className={styles.tab ?? ''}>
            <Shown />
          </Tabs.Panel>
        )}
      </Tabs>
      {!chosen && <Empty title="There is no such part of the settings" />}
      {chosen && !holdsRole(role, partFacts[chosen].role) && <NoPermission />}
    </>
  )
}
