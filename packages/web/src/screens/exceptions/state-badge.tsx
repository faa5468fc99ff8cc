// State badge: where an exception stands, as a sign and a word.

import type { Exception } from '@plimsoll/core/contract/client'
import {
  IconArrowBackUp,
  IconBan,
  IconClockOff,
  IconHourglass,
  IconShieldCheck,
  IconShieldOff,
} from '@tabler/icons-react'
import styles from './exceptions.module.css'

const states = {
  requested: { word: 'Requested', icon: IconHourglass },
  approved: { word: 'Approved', icon: IconShieldCheck },
  dead: { word: 'Dead', icon: IconShieldOff },
  expired: { word: 'Expired', icon: IconClockOff },
  rejected: { word: 'Rejected', icon: IconBan },
  revoked: { word: 'Revoked', icon: IconArrowBackUp },
} as const

export function StateBadge({ exception }: { readonly exception: Pick<Exception, 'state' | 'isDead'> }) {
  const state = exception.isDead ? 'dead' : exception.state
  const { word, icon: Icon } = states[state]
  return (
    <span
      className={styles.state}
      data-exception={state}
      title={exception.isDead ? 'In force, and covers nothing that you see' : undefined}
    >
      <Icon size={14} stroke={2.2} aria-hidden="true" />
      {word}
    </span>
  )
}
