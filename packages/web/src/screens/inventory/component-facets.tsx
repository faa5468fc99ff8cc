// Component facets: the kinds of resources by the part of a cluster that they belong to, with how many there are and how many fail.

import type { ResourceKinds } from '@plimsoll/core/contract/client'
import { wholeNumber } from '../../parts/words.ts'
import styles from './inventory.module.css'
import { sumOf } from './questions.ts'
import type { ResourceState } from './search.ts'

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
  /** Those that have resources in the state. */
  readonly kinds: readonly Kind[]
  readonly state: ResourceState | undefined
  readonly group: string | undefined
  readonly kind: string | undefined
  readonly onChoose: (choice: { group: string | undefined; kind: string | undefined }) => void
}

/** Of what is in one state all or none fails: then it is told of nothing. */
const facts = (kinds: readonly Kind[], state: ResourceState | undefined) => ({
  resources: sumOf(kinds, state),
  failing: state === undefined ? sumOf(kinds, 'fail') : undefined,
})

export const ComponentFacets = ({ kinds, state, group, kind, onChoose }: ComponentFacetsProps) => (
  <nav className={styles.facets} aria-label="Kinds">
    <Choice
      label="All resources"
      {...facts(kinds, state)}
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
            {...facts(own, state)}
            isChosen={isChosen}
            onChoose={() => onChoose({ group: isChosen ? undefined : component, kind: undefined })}
          />
          {own.map(one => (
            <Choice
              key={one.kind}
              label={one.kind}
              {...facts([one], state)}
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
  readonly resources: number | undefined
  readonly failing: number | undefined
  readonly isChosen: boolean
  readonly isNested?: boolean
  readonly onChoose: () => void
}

const Choice = ({ label, resources, failing, isChosen, isNested = false, onChoose }: ChoiceProps) => (
  <button
    type="button"
    aria-pressed={isChosen}
    data-nested={isNested || undefined}
    title={
      failing === undefined || resources === undefined
        ? label
        : `${label}: ${wholeNumber(failing)} of ${wholeNumber(resources)} fail something`
    }
    onClick={onChoose}
  >
    <span>{label}</span>
    <i data-none={!failing || undefined}>{failing ? `${wholeNumber(failing)} fail` : ''}</i>
    <b>{resources === undefined ? '–' : wholeNumber(resources)}</b>
  </button>
)
