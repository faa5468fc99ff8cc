// Parts of the settings: what the last step of the address names, and the least role that each is for.

import type { Role } from '@plimsoll/core/contract/client'

export const settingsParts = ['account', 'people', 'teams', 'zones', 'tokens', 'profiles', 'sample'] as const
export type SettingsPart = (typeof settingsParts)[number]

export const partFacts: Readonly<Record<SettingsPart, { readonly title: string; readonly role: Role }>> = {
  account: { title: 'Account', role: 'viewer' },
  people: { title: 'People', role: 'admin' },
  teams: { title: 'Teams', role: 'admin' },
  zones: { title: 'Zones', role: 'admin' },
  tokens: { title: 'API tokens', role: 'viewer' },
  profiles: { title: 'Profiles', role: 'viewer' },
  sample: { title: 'Sample fleet', role: 'admin' },
}

/** From least to most. */
export const roles: readonly Role[] = ['viewer', 'editor', 'approver', 'admin']
export const roleWords: Readonly<Record<Role, string>> = {
  viewer: 'Viewer',
  editor: 'Editor',
  approver: 'Approver',
  admin: 'Admin',
}
export const roleChoices = roles.map(role => ({ value: role, label: roleWords[role] }))
export const roleIn = (value: string | null): Role => roles.find(role => role === value) ?? 'viewer'
