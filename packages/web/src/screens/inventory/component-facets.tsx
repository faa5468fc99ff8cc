// Component facets: the kinds of resources by the part of a cluster that they belong to, with how many there are and how many fail.

import type { ResourceKinds } from '@plimsoll/core/contract/client'
import { wholeNumber } from '../../parts/words.ts'
import styles from './inventory.module.css'

type Kind = ResourceKinds['items'][number]

export const componentWords: Readonly<Record<Kind['component'], string>> = {
  nodes: 'Nodes',
  workloads: 'Workload management',
  access: 'RBAC objects',
  network: 'Service, load balancing, networking',
  storage: 'Storage',
  configuration: 'Configuration',
  admission: 'Admission',
  namespaces: 'Namespaces',
  cluster: 'Cluster',
  other: 'Other',
}
const components = Object.keys(componentWords) as Kind['component'][]

interface ComponentFacetsProps {
  readonly kinds: readonly Kind[]
  readonly group: string | undefined
  readonly kind: string | undefined
  readonly onChoose: (choice: { group: string | undefined; kind: string | undefined }) => void
}

const sum = (kinds: readonly Kind[], of: 'resources' | 'failing') =>
  kinds.reduce((all, one) => all + one[of], 0)

export const ComponentFacets = ({ kinds, group, kind, onChoose }: ComponentFacetsProps) => (
  <nav className={styles.facets} aria-label="Kinds">
    <Choice
      label="All resources"
      resources={sum(kinds, 'resources')}
      failing={sum(kinds, 'failing')}
      isChosen={group === undefined && kind === undefined}
      onChoose={() => onChoose({ group: undefined, kind: undefined })}
    />
    {components.map(component => {
      const own = kinds.filter(one => one.component === component)
      if (own.length === 0) return null
      const isChosen = group === component
      return (
        <div key={component} className={styles.group}>
          <Choice
            label={componentWords[component]}
            resources={sum(own, 'resources')}
            failing={sum(own, 'failing')}
            isChosen={isChosen}
            onChoose={() => onChoose({ group: isChosen ? undefined : component, kind: undefined })}
          />
          {own.map(one => (
            <Choice
              key={one.kind}
              label={one.kind}
              resources={one.resources}
              failing={one.failing}
              isNested
              isChosen={kind === one.kind}
              onChoose={() => onChoose({ group: undefined, kind: kind === one.kind ? undefined : one.kind })}
            />
          ))}
        </div>
      )
    })}
  </nav>
)

interface ChoiceProps {
  readonly label: string
  readonly resources: number
  readonly failing: number
  readonly isChosen: boolean
  readonly isNested?: boolean
  readonly onChoose: () => void
}

const Choice = ({ label, resources, failing, isChosen, isNested = false, onChoose }: ChoiceProps) => (
  <button
    type="button"
    aria-pressed={isChosen}
    data-nested={isNested || undefined}
    title={`${label}: ${wholeNumber(failing)} of ${wholeNumber(resources)} fail something`}
    onClick={onChoose}
  >
    <span>{label}</span>
    <i data-none={failing === 0 || undefined}>{failing > 0 ? `${wholeNumber(failing)} fail` : ''}</i>
    <b>{wholeNumber(resources)}</b>
  </button>
)
