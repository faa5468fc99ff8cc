// XML: escapes text and writes elements, for formats that are XML or HTML.

import { visible } from './text.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as content or attribute of XML and HTML: no markup, and no character that XML forbids or a reader cannot see. */
export function escapeXml(text: string): string {
  return visible(text).replace(/[&<>"']/g, character => entities[character] as string)
}

/** The attributes given, each with a blank before it; those that are undefined are left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('')
}
