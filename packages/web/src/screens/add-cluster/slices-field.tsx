// Slices field: the parts of the API that an agent may read, each with what it buys; one of them cannot be left out.

import { Checkbox } from '@mantine/core'
import { type SliceId, slices } from '@plimsoll/core'
import styles from './add-cluster.module.css'

interface SlicesFieldProps {
  readonly chosen: readonly SliceId[]
  readonly onChoose: (chosen: readonly SliceId[]) => void
}

export const SlicesField = ({ chosen, onChoose }: SlicesFieldProps) => (
  <div className={styles.slices}>
    {slices.map(({ id, buys }) => (
      <Checkbox
        key={id}
        label={id}
        description={buys}
        disabled={id === 'cluster'}
        checked={id === 'cluster' || chosen.includes(id)}
        onChange={event => {
          const isOn = event.currentTarget.checked
          onChoose(slices.map(one => one.id).filter(one => (one === id ? isOn : chosen.includes(one))))
        }}
      />
    ))}
  </div>
)
