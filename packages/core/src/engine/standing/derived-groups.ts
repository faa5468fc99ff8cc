// Derived groups: what is worked out of groups of resources while these come and go; worked out anew only where it may be another.

import type { Resource } from '../../model/resource.ts'
import type { GroupedDerivation } from '../../model/rule.ts'

export interface DerivedGroups {
  /** A sound resource stands in place of another; undefined: of none, or nothing does. Tells of each group that may be another now. */
  replace(before: Resource | undefined, after: Resource | undefined, tell?: (group: string) => void): void
  valueOf(group: string): unknown
}

interface Group {
  /** By essence: how many resources have it, and one that had it. */
  readonly members: Map<string, { count: number; readonly one: Resource }>
  value: { readonly of: unknown } | undefined
}

export function deriveGroups(derivation: GroupedDerivation<unknown>): DerivedGroups {
  const { groupOf, essenceOf, from } = derivation
  const groups = new Map<string, Group>()
  let empty: { readonly of: unknown } | undefined

  const add = (name: string, essence: string, one: Resource): boolean => {
    let group = groups.get(name)
    if (!group) {
      group = { members: new Map(), value: undefined }
      groups.set(name, group)
    }
    const known = group.members.get(essence)
    if (known) {
      known.count++
      return false
    }
    group.members.set(essence, { count: 1, one })
    group.value = undefined
    return true
  }
  const take = (name: string, essence: string): boolean => {
    const group = groups.get(name)
    const known = group?.members.get(essence)
    if (!group || !known || --known.count > 0) return false
    group.members.delete(essence)
    group.value = undefined
    if (group.members.size === 0) groups.delete(name)
    return true
  }

  return {
    replace(before, after, tell = () => {}) {
      const [oldGroup, oldEssence] = before ? [groupOf(before), essenceOf(before)] : []
      const [newGroup, newEssence] = after ? [groupOf(after), essenceOf(after)] : []
      if (oldGroup === newGroup && oldEssence === newEssence) return
      if (newGroup !== undefined && add(newGroup, newEssence as string, after as Resource)) tell(newGroup)
      if (oldGroup !== undefined && take(oldGroup, oldEssence as string)) tell(oldGroup)
    },
    valueOf(name) {
      const group = groups.get(name)
      if (!group) {
        empty ??= { of: from([]) }
        return empty.of
      }
      group.value ??= { of: from([...group.members.values()].map(({ one }) => one)) }
      return group.value.of
    },
  }
}
