import { permissionsOf } from '@plimsoll/core'
import { rules } from '@plimsoll/core/catalogue'
import { expect, test } from 'vitest'
import { agentKinds } from './agent-kinds.ts'

test('an agent collects the kinds that rules and the inventory read, and no others', () => {
  const granted = new Set(permissionsOf(rules).map(({ kind }) => kind))
  expect([...agentKinds].sort()).toEqual([...granted].sort())
})
