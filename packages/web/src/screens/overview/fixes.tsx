// Fixes: what one would edit to mend most, and how many findings each change could mend.

import type { RootGroup } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { allOfQueries } from '../../data/scope.ts'
import { SeverityCounts } from '../../parts/bars.tsx'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty } from '../../parts/states.tsx'
import { counted, wholeNumber } from '../../parts/words.ts'
import styles from './overview.module.css'

const queryOf = ({ key, cluster }: RootGroup) =>
  allOfQueries('state : open', `root : ${JSON.stringify(key)}`, `cluster : ${JSON.stringify(cluster.id)}`)

export const FixesPanel = ({ roots }: { readonly roots: readonly RootGroup[] }) => (
  <Panel title="Most effective fixes" className={styles.wide} aside="one change each">
    {roots.length === 0 ? (
      <Empty title="Nothing to mend">No finding fails.</Empty>
    ) : (
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Edit</th>
            <th scope="col">Kind</th>
            <th scope="col">In</th>
            <th scope="col" className={plain.number}>
              Could mend
            </th>
            <th scope="col" className={plain.number}>
              By severity
            </th>
          </tr>
        </thead>
        <tbody>
          {roots.map(root => {
            const [, namespace = '', ...name] = root.key.split('/')
            return (
              <tr key={`${root.cluster.id} ${root.key}`}>
                <td className={`${plain.cut} ${styles.cut}`} title={root.key}>
                  <Link to="/findings" search={{ q: queryOf(root) }}>
                    {name.join('/')}
                  </Link>
                </td>
                <td className={plain.fine}>{root.kind}</td>
                <td className={plain.fine}>
                  {root.cluster.name}
                  {namespace && ` / ${namespace}`}
                </td>
                <td
                  className={plain.number}
                  title={`${counted(root.rules, 'rule')}, ${counted(root.resources, 'resource')}`}
                >
                  <strong>{wholeNumber(root.failed)}</strong> findings
                </td>
                <td>
                  <SeverityCounts counts={root} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    )}
  </Panel>
)
