// HCL: writes plain data as values of Terraform's language.

/** The value as an HCL expression, lines after the first indented by so many spaces more. */
export function hcl(value: unknown, indent = 0): string {
  if (typeof value === 'string') return hclString(value)
  if (Array.isArray(value)) return `[${value.map(item => hcl(item, indent)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
    if (fields.length === 0) return '{}'
    const names = fields.map(([name]) => (identifier.test(name) ? name : hclString(name)))
    const width = Math.max(...names.map(name => name.length))
    const space = ' '.repeat(indent + 2)
    const lines = fields.map(
      ([, field], index) => `${space}${(names[index] ?? '').padEnd(width)} = ${hcl(field, indent + 2)}`,
    )
    return `{\n${lines.join('\n')}\n${' '.repeat(indent)}}`
  }
  return JSON.stringify(value)
}

const identifier = /^[A-Za-z_][\w-]*$/

/** A quoted template that means the text itself: HCL knows fewer escapes than JSON, and `${` and `%{` begin something. */
const hclString = (text: string): string =>
  JSON.stringify(text)
    .replace(/\\./g, found => lacking[found] ?? found)
    .replace(/([$%])(?=\{)/g, '$1$1')

const lacking: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' }
