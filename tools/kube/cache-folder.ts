/** Says where built and unpacked tools are kept: outside the tree, one folder for all clones. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** `${XDG_CACHE_HOME:-~/.cache}/plimsoll`, followed by `parts`. Nothing is created. */
export function cacheFolder(...parts: string[]): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(base, 'plimsoll', ...parts)
}
