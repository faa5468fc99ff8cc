// Relations tab: what stands around the resource, by what it is to it, with what each fails.

import type { Relation } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { useThing } from '../../data/read.ts'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty, Partial, Read } from '../../parts/states.tsx'
import { wholeNumber } from '../../parts/words.ts'
import styles from './resource.module.css'

const words: Readonly<Record<Relation['type'], string>> = {
  owner: 'Owned by',
  owned: 'Owns',
  pod: 'Pods',
  'service-account': 'ServiceAccount',
  'used-by': 'Used by',
  binding: 'Bound by',
  role: 'Roles',
  service: 'Services',
  route: 'Routes',
  gateway: 'Gateways',
  'network-policy': 'Network policies',
  claim: 'Volume claims',
  volume: 'Volumes',
  'storage-class': 'Storage classes',
  guard: 'Admission guards',
  namespace: 'Namespace',
}
const types = Object.keys(words) as Relation['type'][]

export function RelationsTab({ cluster, resource }: { readonly cluster: string; readonly resource: string }) {
  const relations = useThing('getResourceRelations', cluster, resource)
  return (
    <Read query={relations}>
      {({ items, notAll, podSecurity }) => (
        <div className={styles.lines}>
          {notAll.length > 0 && (
            <Partial>There is more {notAll.join(', ')} than was looked through; some may be missing.</Partial>
          )}
          {items.length === 0 && !podSecurity && <Empty title="Nothing stands around it" />}
          <div className={styles.standards}>
            {podSecurity && (
              <Panel title="Pod security asked of its pods">
                <dl className={plain.facts}>
                  {(['enforce', 'audit', 'warn'] as const).map(mode => (
                    <div key={mode} className={styles.label}>
                      <dt>{mode}</dt>
                      <dd>{podSecurity[mode] ?? 'nothing'}</dd>
                    </div>
                  ))}
                </dl>
              </Panel>
            )}
            {types.map(type => {
              const own = items.filter(one => one.type === type)
              return own.length === 0 ? null : (
                <Panel key={type} title={words[type]} aside={wholeNumber(own.length)}>
                  <table className={plain.table}>
                    <tbody>
                      {own.map(one => (
                        <One key={one.key} cluster={cluster} relation={one} />
                      ))}
                    </tbody>
                  </table>
                </Panel>
              )
            })}
          </div>
        </div>
      )}
    </Read>
  )
}

const One = ({ cluster, relation }: { readonly cluster: string; readonly relation: Relation }) => (
  <tr>
    <td>
      {relation.failed === null ? (
        relation.name
      ) : (
        <Link
          to="/inventory/$cluster/$key"
          params={{ cluster, key: relation.key }}
          search={{ tab: 'relations' }}
        >
          {relation.name}
        </Link>
      )}
    </td>
    <td>
      <span className={plain.fine}>
        {relation.kind}
        {relation.namespace && ` · ${relation.namespace}`}
      </span>
    </td>
    <td className={plain.number}>
      {relation.failed === null
        ? ''
        : relation.failed > 0
          ? `${wholeNumber(relation.failed)} fail`
          : 'none fails'}
    </td>
  </tr>
)
