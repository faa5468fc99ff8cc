// Web sizes: how much script the web app has people fetch, compressed.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Kilobytes (1000 bytes) of a file of the build, compressed as the build does it. */
export const zipped = (folder: string, path: string): number =>
  gzipSync(readFileSync(join(folder, path)), { level: 9 }).length / 1000

/** The scripts that the page itself names: those that every screen begins with. */
export function initialScripts(folder: string): readonly string[] {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  return [...page.matchAll(/<(?:script|link rel="modulepreload")[^>]*?(?:src|href)="([^"]+\.js)"/g)].map(
    found => found[1] as string,
  )
}
