// Tokens: the API tokens of who is here, for admins those of all; a new one is told once.

import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import type { ApiToken, Role } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { holdsRole, useMe } from '../../data/session.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { FormDialog, SecretDialog } from './form-dialog.tsx'
import { roleChoices, roleIn, roleWords } from './parts.ts'
import styles from './settings.module.css'

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
            <div className={styles.wide}>
              <table className={plain.table}>
                <thead>
                  <tr>
                    <th scope="col">Token</th>
                    <th scope="col">Owner</th>
                    <th scope="col">Role</th>
                    <th scope="col">State</th>
                    <th scope="col">Last used</th>
                    <th scope="col">Expires</th>
                    <th scope="col">Change</th>
                  </tr>
                </thead>
                <tbody>
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
                          <Button
                            variant="default"
                            size="compact-sm"
                            aria-label={`Revoke ${token.name}`}
                            onClick={() => setLeaving(token)}
                          >
                            Revoke
                          </Button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
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
      {leaving && (
        <ConfirmDialog
          isOpen
          isDangerous
          title={`Revoke ${leaving.name}?`}
          verb="Revoke"
          isBusy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate([leaving.id], { onSuccess: () => setLeaving(null) })}
          close={() => setLeaving(null)}
        >
          What uses it is refused from now on.
        </ConfirmDialog>
      )}
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
