// Components panel: what a cluster is made of, by groups of kinds, with how much of each fails.

import type { WholeCluster } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { Empty } from '../../parts/states.tsx'
import { counted, wholeNumber } from '../../parts/words.ts'

type Component = WholeCluster['components'][number]

/** In the order in which they are shown. */
const names: Readonly<Record<Component['component'], string>> = {
  nodes: 'Nodes',
  workloads: 'Workload management',
  access: 'RBAC objects',
  network: 'Services, load balancing, networking',
  storage: 'Storage',
  configuration: 'Configuration',
  admission: 'Admission',
  namespaces: 'Namespaces',
  cluster: 'Cluster',
  other: 'Other',
}
const order = Object.keys(names)

export function ComponentsPanel({
  cluster: { id, components },
}: {
  readonly cluster: Pick<WholeCluster, 'id' | 'components'>
}) {
  const ordered = components.toSorted(
    (a, b) =>
      order.indexOf(a.component) - order.indexOf(b.component) ||
      b.failing - a.failing ||
      a.kind.localeCompare(b.kind),
  )
  return (
    <Panel title="Components" aside={counted(components.length, 'kind')}>
      {components.length === 0 ? (
        <Empty title="Nothing was read yet" />
      ) : (
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">Component</th>
              <th scope="col">Kind</th>
              <th scope="col" className={plain.number}>
                Resources
              </th>
              <th scope="col" className={plain.number}>
                Failing
              </th>
            </tr>
          </thead>
          <tbody>
            {ordered.map(({ kind, component, resources, failing }) => (
              <tr key={`${component}/${kind}`}>
                <td>{names[component]}</td>
                <td>
                  <Link to="/inventory" search={{ scope: `cluster:${id}`, kind }}>
                    {kind}
                  </Link>
                </td>
                <td className={plain.number}>{wholeNumber(resources)}</td>
                <td className={`${plain.number} ${failing === 0 ? plain.zero : ''}`}>
                  {wholeNumber(failing)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
