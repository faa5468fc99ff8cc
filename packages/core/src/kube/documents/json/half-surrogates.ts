// Half surrogates: makes JSON escapes that are no character into U+FFFD, as Go's JSON reader does.

const suspicious = /\\u[dD][89a-fA-F]/
/** A pair, a half, or any other escape, which is passed so that no backslash is read twice. */
const escapes = /\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)/gs

/** The same JSON text, with each half of a surrogate pair that stands alone as an escape replaced. */
export function replaceHalfSurrogates(json: string): string {
  if (!suspicious.test(json)) return json
  return json.replace(escapes, (written, half) => (half === undefined ? written : '\\ufffd'))
}
