// Omit: a copy of a value without some of its fields.

export function omit<T extends object, K extends keyof T>(value: T, ...names: readonly K[]): Omit<T, K> {
  const left = new Set<PropertyKey>(names)
  const kept: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(value)) if (!left.has(name)) kept[name] = field
  return kept as Omit<T, K>
}
