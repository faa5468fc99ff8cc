// XML reader: reads what the JUnit report writes, and refuses what is not well-formed.

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** The root element. Throws on anything that is not well-formed, of the part of XML 1.0 without DTDs, comments and CDATA. */
export function readXml(text: string): XmlElement {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text))
    throw new Error('a character that XML forbids')
  const token = /<\?xml [^<>]*\?>|<(\/?)([A-Za-z]+)((?: [A-Za-z-]+="[^"<]*")*)(\/?)>|([^<]+)/y
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const found = token.exec(text)
    if (!found) throw new Error(`not XML at ${JSON.stringify(text.slice(at, at + 60))}`)
    const [, closing, name, attributes = '', empty, content] = found
    const parent = open.at(-1) as XmlElement
    if (content !== undefined) parent.text += decode(content)
    else if (closing) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`)
    } else if (name !== undefined) {
      const element: XmlElement = { name, attributes: readAttributes(attributes), children: [], text: '' }
      parent.children.push(element)
      if (!empty) open.push(element)
    }
  }
  const [only, ...others] = root.children
  if (open.length !== 1 || !only || others.length > 0) throw new Error('not one whole element')
  return only
}

function readAttributes(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name, value] of text.matchAll(/ ([A-Za-z-]+)="([^"]*)"/g)) {
    if (Object.hasOwn(found, name as string)) throw new Error(`${name} twice`)
    found[name as string] = decode(value as string)
  }
  return found
}

function decode(text: string): string {
  return text.replace(/&[^;]*;?/g, entity => {
    const character = entities[entity]
    if (character === undefined) throw new Error(`unknown entity ${entity}`)
    return character
  })
}
