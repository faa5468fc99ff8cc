// As of: chooses the day whose end a screen shows; today where none is chosen.

import { TextInput } from '@mantine/core'

const today = () => new Date().toLocaleDateString('sv')

interface AsOfProps {
  readonly day: string | undefined
  readonly onChoose: (day: string | undefined) => void
}

export const AsOf = ({ day, onChoose }: AsOfProps) => (
  <TextInput
    type="date"
    aria-label="As of"
    title="As things were at the end of this day"
    w={140}
    max={today()}
    value={day ?? today()}
    onChange={event => {
      const chosen = event.currentTarget.value
      onChoose(chosen === '' || chosen >= today() ? undefined : chosen)
    }}
  />
)
