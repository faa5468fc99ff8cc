// Data folder: where the embedded database keeps everything; made, checked and explained before anything is started in it.

import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Binaries, binariesIn, isReachableByAll } from './binaries.ts'
import { DatabaseError } from './database-error.ts'
import { explain, initialise, logFileIn, makePrivateFolder, serverIdentity } from './postgres-process.ts'

export interface DataFolder {
  readonly folder: string
  /** PostgreSQL's own. */
  readonly data: string
  readonly socketFolder: string
  readonly logFile: string
  readonly lockFile: string
}

/** The folder of a server of which nobody said where it keeps its data. */
export function defaultDataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_DATA_HOME, HOME } = environment
  if (XDG_DATA_HOME) return join(XDG_DATA_HOME, 'plimsoll')
  // As root the database runs as another user, who cannot pass through root's home.
  if (HOME && !serverIdentity()) return join(HOME, '.local', 'share', 'plimsoll')
  return '/var/lib/plimsoll'
}

/** Makes the folder where it is missing. Throws `unwritable`, `disk-full`, or `not-ours` for one that holds other things. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  // By its true name, since that is what the processes of one that runs here already say.
  const folder = existsSync(path) ? realpathSync(path) : resolve(path)
  const data = join(folder, 'postgres')
  const lockFile = join(folder, 'server.lock')
  try {
    if (existsSync(folder)) {
      const isOurs = existsSync(data) || readdirSync(folder).every(name => ownNames.test(name))
      if (!isOurs)
        throw new DatabaseError(
          'not-ours',
          `${folder} holds other things than a database of Plimsoll's: name an empty folder, or one that is not there yet`,
        )
    } else await mkdir(dirname(folder), { recursive: true })
    await makePrivateFolder(folder)
    const socketFolder = await makeSocketFolder(folder)
    ensureReachable(folder)
    return { folder, data, socketFolder, logFile: logFileIn(folder), lockFile }
  } catch (error) {
    throw folderError(folder, error)
  }
}

/** What a start that went wrong may have left, and what new file systems hold. */
const ownNames = /^(?:run|server\.lock.*|postgres\.log.*|postgres\.new|native-.*|lost\+found)$/

/** A socket's path has 107 bytes at most (104 on macOS), which a deep folder leaves no room in. */
async function makeSocketFolder(folder: string): Promise<string> {
  const own = join(folder, 'run')
  const isShort = Buffer.byteLength(join(own, '.s.PGSQL.5432.lock')) <= 100
  const { ino } = statSync(folder)
  const socketFolder = isShort ? own : join(tmpdir(), `plimsoll-${process.getuid?.() ?? 0}-${ino}`)
  await makePrivateFolder(socketFolder)
  await chmod(socketFolder, 0o700)
  return socketFolder
}

function ensureReachable(folder: string): void {
  if (!serverIdentity() || isReachableByAll(dirname(folder), path => statSync(path).mode)) return
  throw new DatabaseError(
    'unwritable',
    `started by root, the database runs as nobody, who cannot pass through the folders above ${folder}: name another data folder, such as /var/lib/plimsoll, or start as another user`,
  )
}

/** Runs initdb where there is no database yet; true where it did. One that was interrupted leaves nothing that would be taken for a database. */
export async function initialiseOnce(binaries: Binaries, { data, folder }: DataFolder): Promise<boolean> {
  if (existsSync(join(data, 'PG_VERSION'))) {
    ensureVersion(data, binaries)
    return false
  }
  const draft = `${data}.new`
  try {
    rmSync(draft, { recursive: true, force: true })
    await makePrivateFolder(draft)
    await initialise(binaries, draft)
    rmSync(data, { recursive: true, force: true })
    renameSync(draft, data)
    return true
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw folderError(folder, error)
  }
}

/** The binaries, in a place that the server's user can reach: a copy in the data folder where theirs is in somebody's home. */
export function reachableBinaries(binaries: Binaries, { folder }: DataFolder): Binaries {
  if (!serverIdentity() || isReachableByAll(binaries.postgres, path => statSync(path).mode)) return binaries
  const native = join(folder, `native-${binaries.version}`)
  if (!existsSync(native)) {
    const draft = `${native}.new`
    rmSync(draft, { recursive: true, force: true })
    cpSync(binaries.native, draft, { recursive: true, verbatimSymlinks: true })
    renameSync(draft, native)
  }
  return binariesIn(native, binaries.version)
}

function ensureVersion(data: string, { version }: Binaries): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const [own] = version.split('.', 1)
  if (made !== own)
    throw new DatabaseError(
      'not-ours',
      `the database in ${data} was made by PostgreSQL ${made}, and this release has ${own}: write a backup with the release that made it, and restore it here`,
    )
}

/** What the system says of a folder, as a reason and a sentence. */
function folderError(folder: string, error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DatabaseError('disk-full', `${folder}: the disk is full`, { cause: error })
  if (/^(?:EACCES|EPERM|EROFS|ENOTDIR|EEXIST)$/.test(code))
    return new DatabaseError(
      'unwritable',
      `${folder} cannot be written to (${code}): name another data folder`,
      {
        cause: error,
      },
    )
  return explain(message, `${folder} cannot be used`)
}
