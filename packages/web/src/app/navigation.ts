// Navigation: the screens that one can go to, in order, with the keys that lead there.

import type { Role } from '@plimsoll/core/contract/client'
import {
  IconAlertHexagon,
  IconClipboardCheck,
  IconGauge,
  IconHistory,
  IconListSearch,
  IconPlayerPlay,
  IconServer2,
  IconSettings,
  IconShieldCheck,
  IconStack2,
} from '@tabler/icons-react'

interface Place {
  readonly to:
    | '/'
    | '/findings'
    | '/risks'
    | '/compliance'
    | '/inventory'
    | '/clusters'
    | '/exceptions'
    | '/activity'
    | '/settings'
    | '/playground'
  readonly title: string
  readonly icon: typeof IconGauge
  /** The second key after `g`. */
  readonly key: string
  /** The least role that it is shown to. */
  readonly role?: Role
}

export const places: readonly (readonly Place[])[] = [
  [
    { to: '/', title: 'Overview', icon: IconGauge, key: 'o' },
    { to: '/findings', title: 'Findings', icon: IconListSearch, key: 'f' },
    { to: '/risks', title: 'Detected risks', icon: IconAlertHexagon, key: 'd' },
    { to: '/compliance', title: 'Compliance', icon: IconClipboardCheck, key: 'c' },
  ],
  [
    { to: '/inventory', title: 'Inventory', icon: IconStack2, key: 'i' },
    { to: '/clusters', title: 'Clusters', icon: IconServer2, key: 'k' },
  ],
  [
    { to: '/exceptions', title: 'Exceptions', icon: IconShieldCheck, key: 'e' },
    { to: '/activity', title: 'Activity', icon: IconHistory, key: 'a', role: 'admin' },
    { to: '/playground', title: 'Playground', icon: IconPlayerPlay, key: 'p' },
    { to: '/settings', title: 'Settings', icon: IconSettings, key: 's' },
  ],
]
