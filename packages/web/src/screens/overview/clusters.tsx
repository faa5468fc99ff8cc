// Clusters: those with the lowest score first.

import type { Overview } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { ScoreLine } from '../../parts/score.tsx'
import { Empty } from '../../parts/states.tsx'
import { counted } from '../../parts/words.ts'
import styles from './overview.module.css'

const most = 10

export const ClustersPanel = ({ overview: { clusters } }: { readonly overview: Overview }) => (
  <Panel
    title="Clusters, worst first"
    className={styles.half}
    aside={<Link to="/clusters">{counted(clusters.total, 'cluster')}</Link>}
  >
    {clusters.ranked.length === 0 ? (
      <Empty title="No cluster was judged by this standard" />
    ) : (
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Cluster</th>
            <th scope="col">Score, and where it can lie</th>
            <th scope="col" className={plain.number}>
              Not evaluated
            </th>
          </tr>
        </thead>
        <tbody>
          {clusters.ranked.slice(0, most).map(({ id, name, score }) => (
            <tr key={id}>
              <td>
                <Link to="/clusters/$cluster" params={{ cluster: id }}>
                  {name}
                </Link>
              </td>
              <td style={{ width: '52%' }}>
                <ScoreLine score={score} />
              </td>
              <td className={plain.number}>{score.notEvaluated}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </Panel>
)
