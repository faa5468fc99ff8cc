// People: all accounts with their role, and whether they may sign in; new ones get a password that is told once.

import { Button, Select, Switch, TextInput } from '@mantine/core'
import type { Person } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { useChange } from '../../data/change.ts'
import { useThing } from '../../data/read.ts'
import { useMe } from '../../data/session.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Failure, Read } from '../../parts/states.tsx'
import { Time } from '../../parts/time.tsx'
import { FormDialog, SecretDialog } from './form-dialog.tsx'
import { SettingsTable } from './list-parts.tsx'
import { roleChoices, roleIn } from './parts.ts'

interface Told {
  readonly login: string
  readonly password: string
}

export function People() {
  const people = useThing('listPeople')
  const update = useChange('updatePerson', ['listPeople', 'listTeams'])
  const [isAdding, setIsAdding] = useState(false)
  const [resetting, setResetting] = useState<Person | null>(null)
  const [told, setTold] = useState<Told | null>(null)
  return (
    <Panel
      title="People"
      aside={
        <Button variant="default" onClick={() => setIsAdding(true)}>
          Add person
        </Button>
      }
    >
      {update.error && <Failure error={update.error} />}
      <Read query={people}>
        {({ items }) => (
          <SettingsTable
            columns={['Name', 'Login', 'Role', 'Signs in by', 'Last sign-in', 'May sign in', 'Password']}
          >
            {items.map(person => (
              <PersonRow
                key={person.id}
                person={person}
                onChange={values => update.mutate([person.id, values, person.version])}
                onReset={() => setResetting(person)}
              />
            ))}
          </SettingsTable>
        )}
      </Read>
      {isAdding && <AddPerson onTold={setTold} close={() => setIsAdding(false)} />}
      {resetting && <ResetPassword person={resetting} onTold={setTold} close={() => setResetting(null)} />}
      {told && (
        <SecretDialog
          title={`Password of ${told.login}`}
          says="It works once, for the first sign-in, and is shown only now."
          secret={told.password}
          close={() => setTold(null)}
        />
      )}
    </Panel>
  )
}

interface PersonRowProps {
  readonly person: Person
  readonly onChange: (values: { readonly role?: Person['role']; readonly isActive?: boolean }) => void
  readonly onReset: () => void
}

function PersonRow({ person, onChange, onReset }: PersonRowProps) {
  const isSelf = useMe().id === person.id
  return (
    <tr>
      <td>{person.name}</td>
      <td>{person.login}</td>
      <td>
        <Select
          aria-label={`Role of ${person.login}`}
          w={120}
          data={roleChoices}
          allowDeselect={false}
          disabled={isSelf}
          value={person.role}
          onChange={value => onChange({ role: roleIn(value) })}
        />
      </td>
      <td>{person.signsInBy === 'oidc' ? 'OIDC' : 'Password'}</td>
      <td>{person.lastLoginAt === null ? 'never' : <Time at={person.lastLoginAt} />}</td>
      <td>
        <Switch
          size="xs"
          aria-label={`${person.login} may sign in`}
          checked={person.isActive}
          disabled={isSelf}
          onChange={() => onChange({ isActive: !person.isActive })}
        />
      </td>
      <td>
        {person.signsInBy === 'password' && !isSelf && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`Reset password of ${person.login}`}
            onClick={onReset}
          >
            Reset
          </Button>
        )}
      </td>
    </tr>
  )
}

interface DialogProps {
  readonly onTold: (told: Told) => void
  readonly close: () => void
}

function AddPerson({ onTold, close }: DialogProps) {
  const create = useChange('createPerson', ['listPeople'])
  const [login, setLogin] = useState('')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Person['role']>('viewer')
  const add = () =>
    create.mutate([{ login: login.trim(), name: name.trim(), role, ...(email && { email: email.trim() }) }], {
      onSuccess: ({ oneTimePassword }) => {
        if (oneTimePassword) onTold({ login: login.trim(), password: oneTimePassword })
        close()
      },
    })
  return (
    <FormDialog
      title="Add person"
      verb="Add"
      isBusy={create.isPending}
      error={create.error}
      onSubmit={add}
      close={close}
    >
      <TextInput
        label="Login"
        required
        value={login}
        onChange={event => setLogin(event.currentTarget.value)}
      />
      <TextInput label="Name" required value={name} onChange={event => setName(event.currentTarget.value)} />
      <TextInput
        label="Email"
        type="email"
        value={email}
        onChange={event => setEmail(event.currentTarget.value)}
      />
      <Select
        label="Role"
        data={roleChoices}
        allowDeselect={false}
        value={role}
        onChange={value => setRole(roleIn(value))}
      />
    </FormDialog>
  )
}

function ResetPassword({ person, onTold, close }: DialogProps & { readonly person: Person }) {
  const reset = useChange('resetPassword', ['listPeople'])
  return (
    <ConfirmDialog
      isOpen
      title={`Reset the password of ${person.login}?`}
      verb="Reset"
      isBusy={reset.isPending}
      error={reset.error}
      onConfirm={() =>
        reset.mutate([person.id], {
          onSuccess: ({ oneTimePassword }) => {
            onTold({ login: person.login, password: oneTimePassword })
            close()
          },
        })
      }
      close={close}
    >
      Their sessions end, and the password they have no longer works.
    </ConfirmDialog>
  )
}
