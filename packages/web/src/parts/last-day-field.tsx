// Last day field: asks until when a decision holds, from today on.

import { TextInput } from '@mantine/core'
import { inDays } from './days.ts'

interface LastDayFieldProps {
  /** A date: `2026-11-24`. */
  readonly value: string
  readonly onChange: (day: string) => void
}

export const LastDayField = ({ value, onChange }: LastDayFieldProps) => (
  <TextInput
    label="Last day"
    type="date"
    required
    min={inDays(0)}
    value={value}
    onChange={event => onChange(event.currentTarget.value)}
  />
)
