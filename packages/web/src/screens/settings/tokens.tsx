// Tokens: the API tokens of who is here, for admins those of all; a new one is told once.

import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import type { ApiToken, Role } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { holdsRole, useMe } from '../../data/session.ts'
import { Panel } from '../../parts/panel.tsx'
import { Empty, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { FormDialog, SecretDialog } from './form-dialog.tsx'
import { EndDialog, RowButton, SettingsTable } from './list-parts.tsx'
import { roleChoices, roleIn, roleWords } from './parts.ts'

export function Tokens() {
  const tokens = useThing('listTokens')
  const revoke = useChange('revokeToken', ['listTokens'])
  const [isAdding, setIsAdding] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const [leaving, setLeaving] = useState<ApiToken | null>(null)
  return (
    <Panel
      title="API tokens"
      says="A token does at most what its owner may do, until it expires."
      aside={
        <Button variant="default" onClick={() => setIsAdding(true)}>
          Make token
        </Button>
      }
    >
      <Read query={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No token yet">Scripts and pipelines ask the API with one.</Empty>
          ) : (
            <SettingsTable columns={['Token', 'Owner', 'Role', 'State', 'Last used', 'Expires', 'Change']}>
              {items.map(token => (
                <tr key={token.id}>
                  <td>{token.name}</td>
                  <td>{token.owner.login}</td>
                  <td>{roleWords[token.role]}</td>
                  <td>{token.state}</td>
                  <td>{token.lastUsedAt === null ? 'never' : <Time at={token.lastUsedAt} />}</td>
                  <td>
                    <Time at={token.expiresAt} />
                  </td>
                  <td>
                    {token.state === 'active' && (
                      <RowButton verb="Revoke" of={token.name} onClick={() => setLeaving(token)} />
                    )}
                  </td>
                </tr>
              ))}
            </SettingsTable>
          )
        }
      </Read>
      {isAdding && <TokenForm onMade={setSecret} close={() => setIsAdding(false)} />}
      {secret !== null && (
        <SecretDialog
          title="The new token"
          says="It is shown only now. Send it as: Authorization: Bearer and the token."
          secret={secret}
          close={() => setSecret(null)}
        />
      )}
      <EndDialog leaving={leaving} ending={revoke} verb="Revoke" close={() => setLeaving(null)}>
        What uses it is refused from now on.
      </EndDialog>
    </Panel>
  )
}

interface TokenFormProps {
  readonly onMade: (token: string) => void
  readonly close: () => void
}

function TokenForm({ onMade, close }: TokenFormProps) {
  const me = useMe()
  const create = useChange('createToken', ['listTokens'])
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [team, setTeam] = useState<string | null>(null)
  const [days, setDays] = useState<number | string>(90)
  const make = () =>
    create.mutate([{ name: name.trim(), role, days: Number(days), ...(team && { team }) }], {
      onSuccess: ({ token }) => {
        onMade(token)
        close()
      },
    })
  return (
    <FormDialog
      title="Make token"
      verb="Make"
      isBusy={create.isPending}
      error={create.error}
      onSubmit={make}
      close={close}
    >
      <TextInput
        label="Name"
        description="What it is for."
        required
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Select
        label="Role"
        data={roleChoices.filter(({ value }) => holdsRole(me.role, value))}
        allowDeselect={false}
        value={role}
        onChange={value => setRole(roleIn(value))}
      />
      {me.teams.length > 0 && (
        <Select
          label="Team"
          description="Sees only the zones of this team."
          clearable
          placeholder="All that I see"
          data={me.teams.map(one => ({ value: one.id, label: one.name }))}
          value={team}
          onChange={setTeam}
        />
      )}
      <NumberInput label="Days" required min={1} max={365} value={days} onChange={setDays} />
    </FormDialog>
  )
}
