// Moves: why the score of a cluster moved, as steps from before to after.

import { Select } from '@mantine/core'
import type { Overview } from '@plimsoll/core/contract/client'
import { useState } from 'react'
import { Panel } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'
import { exactTime, Time } from '../../parts/time.tsx'
import { Waterfall } from '../../parts/waterfall.tsx'
import { scoreNumber, signed } from '../../parts/words.ts'
import styles from './overview.module.css'

type Move = Overview['moves'][number]

/** In the order in which a move is taken apart. */
const causes: readonly (readonly [string, string, string])[] = [
  ['rules', 'Rules', 'Other rules, parameters, editions or controls'],
  ['coverage', 'Coverage', 'Seen now and not before, or the other way'],
  ['exceptions', 'Exceptions', 'Accepted, or no longer accepted'],
  ['removed', 'Removed', 'Resources that went'],
  ['added', 'Added', 'Resources that came'],
  ['fixed', 'Fixed', 'Failed before, pass now'],
  ['failed', 'Newly failing', 'Passed before, fail now'],
  ['attestations', 'Attestations', 'Words that people gave or took back'],
]

const idOf = ({ cluster, at }: Move) => `${cluster.id} ${at}`

/** A move by its size; one whose numbers are not both known has none. */
const sizeOf = ({ before, after }: Move) => (before === null || after === null ? undefined : after - before)

export function MovesPanel({ overview: { moves } }: { readonly overview: Overview }) {
  const [chosenId, choose] = useState<string | null>(null)
  const largest = moves.toSorted((a, b) => Math.abs(sizeOf(b) ?? 0) - Math.abs(sizeOf(a) ?? 0))
  const move = moves.find(one => idOf(one) === chosenId) ?? largest[0]
  return (
    <Panel
      title="Why the score moved"
      className={styles.third}
      aside={
        move && (
          <Select
            aria-label="Move"
            className={styles.moveSelect}
            data={moves.map(one => ({
              value: idOf(one),
              label: `${one.cluster.name} ${sizeOf(one) === undefined ? '' : signed(sizeOf(one) ?? 0)} · ${exactTime(one.at).split(',')[0]}`,
            }))}
            value={idOf(move)}
            allowDeselect={false}
            onChange={choose}
          />
        )
      }
    >
      {move ? (
        <MoveSteps move={move} />
      ) : (
        <Empty title="No score moved">No cluster was judged otherwise in this time.</Empty>
      )}
    </Panel>
  )
}

function MoveSteps({ move: { cluster, at, before, after, parts, evaluated } }: { readonly move: Move }) {
  if (evaluated && before === after)
    return (
      <Empty title={`${cluster.name}: other controls evaluated`}>
        By people’s words {evaluated.before} controls were evaluated before, and {evaluated.after} since{' '}
        <Time at={at} />. The score is what rules saw, so it stayed.
      </Empty>
    )
  if (before === null || after === null)
    return (
      <Empty title={`${cluster.name}: no number moved`}>
        {before === null ? 'It had no score before' : `It had ${scoreNumber(before)}`},{' '}
        {after === null ? 'and has none since' : `and has ${scoreNumber(after)} since`} <Time at={at} />: not
        all was seen.
      </Empty>
    )
  const steps = causes.flatMap(([cause, name, says]) => {
    const by = parts[cause]
    return by === undefined || by === 0 ? [] : [{ name, says, by }]
  })
  return (
    <Waterfall
      before={{ name: 'Before', value: before }}
      after={{ name: 'After', value: after }}
      steps={steps}
    />
  )
}
