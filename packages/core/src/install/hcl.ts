// HCL: writes plain data as values of Terraform's language.

/** A piece of HCL that is written as it is, such as `var.namespace`. */
export class HclExpression {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** The value as an HCL expression, lines after the first indented by so many spaces more. */
export function hcl(value: unknown, indent = 0): string {
  if (value instanceof HclExpression) return value.text
  if (typeof value === 'string') return hclString(value)
  if (Array.isArray(value)) return `[${value.map(item => hcl(item, indent)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
    if (fields.length === 0) return '{}'
    return `{\n${hclFields(fields, indent + 2)}\n${' '.repeat(indent)}}`
  }
  return JSON.stringify(value)
}

/** Fields one a line, their signs of equality below each other as `terraform fmt` has them; for the body of a block or of an object. */
export function hclFields(fields: readonly (readonly [string, unknown])[], indent: number): string {
  const names = fields.map(([name]) => (identifier.test(name) ? name : hclString(name)))
  const width = Math.max(...names.map(name => name.length))
  return fields
    .map(
      ([, field], index) =>
        `${' '.repeat(indent)}${(names[index] ?? '').padEnd(width)} = ${hcl(field, indent)}`,
    )
    .join('\n')
}

const identifier = /^[A-Za-z_][\w-]*$/

/**
 * A quoted template that means the text itself: HCL knows fewer escapes than JSON, and `${` and `%{` begin something, which a doubled sign
 * prevents. Signs before those are written by their numbers: nobody need know which of three in a row are the doubled ones.
 */
const hclString = (text: string): string =>
  JSON.stringify(text)
    .replace(/\\./g, found => lacking[found] ?? found)
    .replace(/[$%]+(?=\{)/g, signs => {
      const last = signs.slice(-1)
      return signs.slice(0, -1).replace(/./g, sign => signNumbers[sign] ?? sign) + last + last
    })

const signNumbers: Readonly<Record<string, string>> = { $: '\\u0024', '%': '\\u0025' }
const lacking: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' }
