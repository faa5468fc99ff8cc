// Fragment: text as the part of an address after the #, which browsers keep to themselves: packed, so that an address stays short.

/** Characters that are packed; of longer texts the address would not be taken everywhere. */
export const mostPacked = 60_000
/** Characters that are unpacked: what somebody else made may unfold to anything. */
const mostUnpacked = 1_000_000

/** The text as letters that stand in an address as they are; empty for one that is empty or too long. */
export async function packText(text: string): Promise<string> {
  if (text === '' || text.length > mostPacked) return ''
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer())
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The text of a fragment; undefined where it is none of ours. */
export async function unpackText(fragment: string): Promise<string | undefined> {
  if (!/^[\w-]+$/.test(fragment)) return undefined
  try {
    const letters = atob(fragment.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(letters, letter => letter.charCodeAt(0))
    const reader = new Blob([bytes])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'))
      .pipeThrough(new TextDecoderStream('utf-8', { fatal: true }))
      .getReader()
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return text
      text += value
      if (text.length > mostUnpacked) {
        await reader.cancel()
        return undefined
      }
    }
  } catch {
    return undefined
  }
}
