// YAML text: writes plain data as YAML that a person reads easily and every parser reads the same.

/** The value as YAML lines, without a final line feed. Fields that are undefined are left out. */
export function yamlText(value: unknown): string {
  return lines(value).join('\n')
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]']
    return value.flatMap(item => {
      const [first = '', ...rest] = lines(item)
      return [`- ${first}`, ...rest.map(line => `  ${line}`)]
    })
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined)
    if (fields.length === 0) return ['{}']
    return fields.flatMap(([name, field]) => {
      const own = lines(field)
      const key = scalar(name)
      if (!isBlock(field)) return [`${key}: ${own[0]}`]
      return [`${key}:`, ...own.map(line => `  ${line}`)]
    })
  }
  return [scalar(value)]
}

const isBlock = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

/** Text that means itself in every version of YAML; other text is quoted as JSON, which YAML reads too. */
const plainText =
  /^(?!(?:y|n|yes|no|on|off|true|false|null|nan|inf)$)[A-Za-z_/][A-Za-z0-9_./@-]*(?::[A-Za-z0-9_./@-]+)*$/i

function scalar(value: unknown): string {
  if (typeof value === 'string') return plainText.test(value) ? value : JSON.stringify(value)
  return JSON.stringify(value) ?? 'null'
}
