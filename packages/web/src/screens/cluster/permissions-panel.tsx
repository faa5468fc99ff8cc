// Permissions panel: what a cluster's agent must be allowed, slice by slice: what each buys, what is missing, and the rules lost by it.

import type { Permission, PermissionList } from '@plimsoll/core/contract/client'
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconMinus, IconX } from '@tabler/icons-react'
import { useThing } from '../../data/read.ts'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Read } from '../../parts/states.tsx'
import { counted } from '../../parts/words.ts'
import styles from './cluster.module.css'

type State = Permission['state']

const looks: Readonly<Record<State, { readonly word: string; readonly icon: typeof IconCheck }>> = {
  granted: { word: 'Granted', icon: IconCheck },
  missing: { word: 'Missing', icon: IconX },
  off: { word: 'Switched off', icon: IconMinus },
  failed: { word: 'Failed', icon: IconAlertTriangle },
  unknown: { word: 'Not known', icon: IconCircleDashed },
}

/** The worst first: a slice is as its worst permission is. */
const worstFirst: readonly State[] = ['missing', 'failed', 'off', 'unknown', 'granted']

const advice: Readonly<Partial<Record<State, string>>> = {
  missing: "Grant what is missing to the agent's service account, or install the agent anew with this slice.",
  failed: 'It is allowed and could not be read; the collector’s gaps above say why.',
  off: 'Install the agent with this slice to have its rules evaluated.',
}

export function PermissionsPanel({ cluster }: { readonly cluster: string }) {
  const query = useThing('listPermissions', cluster)
  const items = query.data?.items ?? []
  const granted = items.filter(({ state }) => state === 'granted').length
  return (
    <Panel
      title="Permissions"
      says="What the collector must be allowed, and what is not evaluated without it."
      aside={items.length > 0 && `${granted} of ${items.length} granted`}
    >
      <Read query={query} rows={8}>
        {list =>
          list.items.every(({ state }) => state === 'unknown') ? (
            <Empty title="Not known">No collector has told yet what it may read.</Empty>
          ) : (
            <Slices list={list} />
          )
        }
      </Read>
    </Panel>
  )
}

const Slices = ({ list }: { readonly list: PermissionList }) => (
  <div className={styles.slices}>
    {list.slices.map(({ id, buys }) => {
      const own = list.items.filter(({ slice }) => slice === id)
      const state = worstFirst.find(one => own.some(item => item.state === one))
      if (state === undefined) return null
      const lost = new Set(own.flatMap(item => (item.state === 'granted' ? [] : item.rules)))
      return (
        <details key={id} open={state === 'missing' || state === 'failed'}>
          <summary>
            <b>{id}</b> <StateMark state={state} />
            <span className={plain.fine}>
              {own.filter(item => item.state === 'granted').length} of {own.length}
              {lost.size > 0 && ` · ${counted(lost.size, 'rule')} lost`}
            </span>
          </summary>
          <p className={plain.fine}>
            {buys} {advice[state]}
          </p>
          <ByNeed permissions={own} />
        </details>
      )
    })}
  </div>
)

/** What is granted stands back where something else is not. */
function ByNeed({ permissions }: { readonly permissions: readonly Permission[] }) {
  const open = permissions.filter(({ state }) => state !== 'granted')
  const granted = permissions.filter(({ state }) => state === 'granted')
  if (open.length === 0 || granted.length === 0) return <PermissionTable permissions={permissions} />
  return (
    <>
      <PermissionTable permissions={open} />
      <details className={styles.granted}>
        <summary>{granted.length} granted</summary>
        <PermissionTable permissions={granted} />
      </details>
    </>
  )
}

const StateMark = ({ state }: { readonly state: State }) => {
  const { word, icon: Icon } = looks[state]
  return (
    <span className={styles.mark} data-permission={state}>
      <Icon size={14} stroke={2.2} aria-hidden="true" />
      {word}
    </span>
  )
}

const PermissionTable = ({ permissions }: { readonly permissions: readonly Permission[] }) => (
  <table className={plain.table}>
    <thead>
      <tr>
        <th scope="col">Kind</th>
        <th scope="col">Permission</th>
        <th scope="col">State</th>
        <th scope="col">Rules that need it</th>
      </tr>
    </thead>
    <tbody>
      {permissions
        .toSorted((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state))
        .map(({ kind, group, resource, name, verbs, state, detail, rules }) => (
          <tr key={`${group}/${resource}/${name ?? ''}`}>
            <td>{kind}</td>
            <td>
              <code>
                {verbs.join(', ')} {resource}
                {group && `.${group}`}
                {name && `/${name}`}
              </code>
            </td>
            <td>
              <StateMark state={state} />
              {detail && <div className={plain.fine}>{detail}</div>}
            </td>
            <td>{rules.length === 0 ? 'none' : <Rules ids={rules} isLost={state !== 'granted'} />}</td>
          </tr>
        ))}
    </tbody>
  </table>
)

const Rules = ({ ids, isLost }: { readonly ids: readonly string[]; readonly isLost: boolean }) => (
  <details className={styles.rules}>
    <summary>
      {counted(ids.length, 'rule')}
      {isLost && ' lost'}
    </summary>
    {ids.join(', ')}
  </details>
)
