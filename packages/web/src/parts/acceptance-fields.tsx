// Acceptance fields: what accepting a risk needs: why, who owns it, until when, and a comment for who reviews it.

import { Group, Select, Textarea, TextInput } from '@mantine/core'
import type { ExceptionReason } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { inDays } from './days.ts'
import { LastDayField } from './last-day-field.tsx'

export const reasonWords: Readonly<Record<ExceptionReason, string>> = {
  'risk-owned': 'Risk accepted',
  'risk-transferred': 'Risk transferred',
  'risk-avoided': 'Risk avoided',
  'risk-mitigated': 'Mitigated elsewhere',
  'not-relevant': 'Not relevant',
  'false-positive': 'False positive',
}
const reasons = Object.keys(reasonWords) as ExceptionReason[]

export interface Acceptance {
  readonly owner: string
  readonly reason: ExceptionReason
  readonly comment: string
  /** The last day on which it holds. */
  readonly expires: string
}

/** An acceptance that is being filled in, for ninety days unless said otherwise, and how to change parts of it. */
export function useAcceptance(owner: string): readonly [Acceptance, (part: Partial<Acceptance>) => void] {
  const [given, setGiven] = useState<Acceptance>(() => ({
    owner,
    reason: 'risk-owned',
    comment: '',
    expires: inDays(90),
  }))
  return [given, part => setGiven(before => ({ ...before, ...part }))]
}

/** The same without blanks around what was typed. */
export const trimmed = ({ owner, comment, ...rest }: Acceptance): Acceptance => ({
  ...rest,
  owner: owner.trim(),
  comment: comment.trim(),
})

interface FieldProps {
  readonly value: string
  readonly onChange: (text: string) => void
}

export const OwnerField = ({ value, onChange }: FieldProps) => (
  <TextInput
    label="Owner of the risk"
    required
    maxLength={200}
    value={value}
    onChange={event => onChange(event.currentTarget.value)}
  />
)

export const CommentField = ({ value, onChange }: FieldProps) => (
  <Textarea
    label="Comment"
    description="Why this is acceptable; whoever reviews it reads this."
    autosize
    minRows={3}
    maxLength={4000}
    value={value}
    onChange={event => onChange(event.currentTarget.value)}
  />
)

interface AcceptanceFieldsProps {
  readonly given: Acceptance
  readonly onChange: (part: Partial<Acceptance>) => void
  /** True where there is room for the short fields beside one another. */
  readonly isWide?: boolean
}

export function AcceptanceFields({ given, onChange, isWide = false }: AcceptanceFieldsProps) {
  const { owner, reason, comment, expires } = given
  const short = [
    <Select
      key="reason"
      label="Reason"
      data={reasons.map(value => ({ value, label: reasonWords[value] }))}
      value={reason}
      allowDeselect={false}
      onChange={value => onChange({ reason: reasons.find(one => one === value) ?? reason })}
    />,
    <OwnerField key="owner" value={owner} onChange={text => onChange({ owner: text })} />,
    <LastDayField key="expires" value={expires} onChange={day => onChange({ expires: day })} />,
  ]
  return (
    <>
      {isWide ? (
        <Group grow align="flex-start">
          {short}
        </Group>
      ) : (
        short
      )}
      <CommentField value={comment} onChange={text => onChange({ comment: text })} />
    </>
  )
}
