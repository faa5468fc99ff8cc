// Host path: compares paths on a node as they are in effect, so that `/var/run/../run/` and `/run` are one place.
//
// Source: Filesystem Hierarchy Standard 3.0 (/run and /var/run) and systemd's file-hierarchy(7) (/bin, /sbin, /lib below /usr).

/** Links that Linux nodes have in common: the first leads to the second. */
const links: readonly (readonly [string, string])[] = [
  ['/var/run', '/run'],
  ['/var/lock', '/run/lock'],
  ['/bin', '/usr/bin'],
  ['/sbin', '/usr/sbin'],
  ['/lib', '/usr/lib'],
  ['/lib64', '/usr/lib64'],
]

/** Most paths: absolute, of names that begin with neither a dot nor a slash of Windows, without a slash at the end. */
const plainPath = /^(?:\/[^/\\.][^/]*)+$/

/**
 * A path on a node in one form: absolute, without `.`, `..`, doubled or trailing slashes, with common links followed. Windows paths
 * get forward slashes and lower case: `c:/programdata`, `//./pipe/docker_engine`; a drive's root is `c:`.
 */
export function normalizeHostPath(path: string): string {
  if (plainPath.test(path)) return followLinks(path)
  if (/^[A-Za-z]:(?:[\\/]|$)/.test(path)) {
    const [drive = '', ...rest] = path.toLowerCase().split(/[\\/]/)
    return [drive, ...resolveDots(rest)].join('/')
  }
  const pipe = /^[\\/]{2}\.[\\/]pipe[\\/]([^\\/]+)$/i.exec(path)?.[1]
  if (pipe !== undefined && pipe !== '..') return `//./pipe/${pipe.toLowerCase()}`
  return followLinks(`/${resolveDots(path.split('/')).join('/')}`)
}

/**
 * True when a mount of `mounted` gives access to `target`: it is the same path or a directory above it. Both in the form of
 * normalizeHostPath; a name in the target may hold one `*` for any letters.
 */
export function exposesPath(mounted: string, target: string): boolean {
  if (!target.includes('*')) return isPrefix(mounted, target)
  const names = target.split('/')
  const above = namesOf(mounted, names.length)
  return above.length <= names.length && above.every((name, i) => isNamed(name, names[i] as string))
}

/** True when `path` is `directory` or lies below it; a name in the directory may hold one `*` for any letters. */
export function isWithin(path: string, directory: string): boolean {
  if (!directory.includes('*')) return isPrefix(directory, path)
  const above = directory.split('/')
  const names = namesOf(path, above.length)
  return above.length <= names.length && above.every((pattern, i) => isNamed(names[i] as string, pattern))
}

function isPrefix(directory: string, path: string): boolean {
  if (directory === '/') return path.startsWith('/') && !path.startsWith('//')
  return path.startsWith(directory) && (path.length === directory.length || path[directory.length] === '/')
}

function isNamed(name: string, pattern: string): boolean {
  const star = pattern.indexOf('*')
  if (star < 0) return name === pattern
  const tail = pattern.slice(star + 1)
  return name.length >= pattern.length - 1 && name.startsWith(pattern.slice(0, star)) && name.endsWith(tail)
}

/** The names of a path, the empty one of the root first; of a long one only some more than `enough`. */
function namesOf(path: string, enough: number): string[] {
  return path === '/' ? [''] : path.split('/', enough + 1)
}

function resolveDots(parts: readonly string[]): string[] {
  const resolved: string[] = []
  for (const part of parts)
    if (part === '..') resolved.pop()
    else if (part !== '' && part !== '.') resolved.push(part)
  return resolved
}

function followLinks(path: string): string {
  for (const [link, target] of links)
    if (path.startsWith(link) && (path.length === link.length || path[link.length] === '/'))
      return target + path.slice(link.length)
  return path
}
