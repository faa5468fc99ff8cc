// PDF text: what the pages of a PDF that Chromium made say, for tests of what is printed.

import { inflateSync } from 'node:zlib'

interface PdfObject {
  readonly dictionary: string
  readonly stream: string
}

/** The text of each page, in the order of its drawing, without the blanks between words. */
export function pagesOfPdf(pdf: Buffer): string[] {
  const objects = objectsOf(pdf)
  const fonts = new Map([...objects].map(([number, one]) => [number, glyphsOf(objects, one)]))
  const said = (number = '') => drawnText(objects.get(number)?.stream ?? '', fonts)
  return [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\n/.test(dictionary))
    .map(({ dictionary }) => {
      const drawn = dictionary.matchAll(/\/(?:Contents|X\d+) (\d+) 0 R/g)
      return [...drawn].map(([, number]) => said(number)).join('')
    })
}

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString('latin1')
  const objects = new Map<string, PdfObject>()
  const start = /(\d+) 0 obj\s/g
  for (let found = start.exec(text); found; found = start.exec(text)) {
    const end = text.indexOf('endobj', start.lastIndex)
    const [head = ''] = text.slice(start.lastIndex, end).split(/\bstream\r?\n/, 1)
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const hasStream = length > 0 && start.lastIndex + head.length < end
    const from =
      start.lastIndex +
      head.length +
      (/^stream\r?\n/.exec(text.slice(start.lastIndex + head.length))?.[0].length ?? 0)
    const bytes = hasStream ? pdf.subarray(from, from + length) : Buffer.alloc(0)
    const stream = head.includes('/FlateDecode') && hasStream ? inflateSync(bytes) : bytes
    objects.set(found[1] ?? '', { dictionary: head, stream: stream.toString('latin1') })
    // What is drawn may hold anything, also what looks like an object.
    start.lastIndex = hasStream ? from + length : end
  }
  return objects
}

/** What the glyphs of a font stand for; undefined for what is no font. */
function glyphsOf(
  objects: ReadonlyMap<string, PdfObject>,
  { dictionary }: PdfObject,
): ReadonlyMap<string, string> | undefined {
  const map = objects.get(/\/ToUnicode (\d+) 0 R/.exec(dictionary)?.[1] ?? '')?.stream
  if (map === undefined) return undefined
  const letters = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  const glyphs = new Map<string, string>()
  for (const [, block = ''] of map.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', hex = ''] of block.matchAll(/<(\w+)> <(\w+)>/g)) glyphs.set(glyph, letters(hex))
  for (const [, block = ''] of map.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, low = '', high = '', hex = ''] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
      for (let glyph = Number.parseInt(low, 16), i = 0; glyph <= Number.parseInt(high, 16); glyph++, i++)
        glyphs.set(
          glyph.toString(16).toUpperCase().padStart(low.length, '0'),
          String.fromCodePoint((letters(hex).codePointAt(0) ?? 0) + i),
        )
  return glyphs
}

/** Fonts are named after the numbers of their objects. */
function drawnText(
  drawing: string,
  fonts: ReadonlyMap<string, ReadonlyMap<string, string> | undefined>,
): string {
  let font: ReadonlyMap<string, string> | undefined
  let said = ''
  for (const [, number, hex = ''] of drawing.matchAll(/\/F(\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj/g))
    if (number !== undefined) font = fonts.get(number)
    else said += font?.get(hex) ?? ''
  return said.replace(/\s+/g, '')
}
