// Schema types: writes a JSON Schema of the API's description as a type of TypeScript.

export type Schema = Readonly<Record<string, unknown>>

const prefix = '#/components/schemas/'

/** The type of a schema; components are types of their own names. */
export function typeOf(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return 'unknown'
  const own = schema as Schema
  if (typeof own.$ref === 'string') return referred(own.$ref.slice(prefix.length))
  if ('const' in own) return JSON.stringify(own.const)
  if (Array.isArray(own.enum)) return union(own.enum.map(value => JSON.stringify(value)))
  const choices = own.anyOf ?? own.oneOf
  if (Array.isArray(choices)) return union(choices.map(typeOf))
  // Parts that only narrow the type that stands beside them (patterns of a text) are no types of their own.
  const parts = Array.isArray(own.allOf) ? own.allOf.map(typeOf).filter(type => type !== 'unknown') : []
  if (parts.length > 0) return parts.map(bracketed).join(' & ')
  if (Array.isArray(own.type)) return union(own.type.map(type => typeOf({ ...own, type })))
  switch (own.type) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return arrayType(own)
    case 'object':
      return objectType(own)
    default:
      return 'unknown'
  }
}

/** Schemas without a name of their own are those that hold themselves: any JSON. */
export const isNamed = (component: string) => !/^(?:__|Anonymous[0-9a-f]{8}$)/.test(component)

const referred = (component: string) => (isNamed(component) ? component : 'unknown')

function arrayType({ items, prefixItems }: Schema): string {
  if (Array.isArray(prefixItems)) return `readonly [${prefixItems.map(typeOf).join(', ')}]`
  return `readonly ${bracketed(typeOf(items))}[]`
}

function objectType({ properties, required, additionalProperties }: Schema): string {
  const fields = Object.entries((properties ?? {}) as Readonly<Record<string, unknown>>)
  if (fields.length === 0)
    return typeof additionalProperties === 'object' && additionalProperties !== null
      ? `Readonly<Record<string, ${typeOf(additionalProperties)}>>`
      : 'Readonly<Record<string, unknown>>'
  const needed = new Set(Array.isArray(required) ? (required as string[]) : [])
  const lines = fields.map(
    ([name, schema]) =>
      `  readonly ${propertyName(name)}${needed.has(name) ? '' : '?'}: ${indented(typeOf(schema))}${needed.has(name) ? '' : ' | undefined'}`,
  )
  return `{\n${lines.join('\n')}\n}`
}

export const propertyName = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))

export const indented = (text: string) => text.replaceAll('\n', '\n  ')

const union = (types: readonly string[]) => [...new Set(types)].join(' | ')
const bracketed = (type: string) => (/[|&]/.test(type) && !type.startsWith('{') ? `(${type})` : type)
