// Config: reads what the server is told by environment and flags, once, and names everything that is wrong with it.

import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { unknownId } from '@plimsoll/core'
import { defaultDataFolder } from './database/data-folder.ts'
import type { LogLevel } from './http/log.ts'
import type { OidcSettings } from './services/access/oidc.ts'
import { type Role, roles } from './services/caller.ts'

export interface Config {
  readonly listen: { readonly host: string; readonly port: number }
  /** Somebody's PostgreSQL; undefined: the embedded one, in the data folder. */
  readonly databaseUrl: string | undefined
  readonly dataFolder: string
  /** As browsers and collectors reach the server, such as `https://plimsoll.example.com`. */
  readonly publicOrigin: string
  readonly tls: { readonly key: Buffer; readonly cert: Buffer } | undefined
  readonly logLevel: LogLevel
  readonly trustedProxies: readonly string[]
  readonly metricsToken: string | undefined
  readonly webFolder: string | undefined
  readonly connections: number
  readonly graceSeconds: number
  readonly oidc: Omit<OidcSettings, 'redirectUri'> | undefined
}

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] }

interface Setting {
  readonly name: string
  readonly describe: string
  readonly initial?: string
  /** May be given as a file's name under `<name>_FILE`. */
  readonly isSecret?: true
}

/** Every setting; docs/server.md lists them. */
export const settings = [
  {
    name: 'PLIMSOLL_LISTEN',
    initial: '127.0.0.1:8480',
    describe: 'Address and port to listen on; `:8480` is all addresses.',
  },
  {
    name: 'DATABASE_URL',
    isSecret: true,
    describe:
      'A PostgreSQL ≥ 15 (`postgresql://…`). Without it the embedded one keeps its data in the data folder.',
  },
  {
    name: 'PLIMSOLL_DATA',
    describe:
      'Data folder of the embedded database: `$XDG_DATA_HOME/plimsoll`, `~/.local/share/plimsoll`, or as root `/var/lib/plimsoll`.',
  },
  {
    name: 'PLIMSOLL_PUBLIC_URL',
    describe: 'How browsers and collectors reach the server; needed behind a proxy.',
  },
  { name: 'PLIMSOLL_TLS_CERT', describe: 'File with the certificate and its chain (PEM).' },
  { name: 'PLIMSOLL_TLS_KEY', describe: "File with the certificate's key (PEM)." },
  { name: 'PLIMSOLL_LOG_LEVEL', initial: 'info', describe: 'debug, info, warn, error or silent.' },
  {
    name: 'PLIMSOLL_TRUSTED_PROXIES',
    describe: 'Addresses or networks whose `x-forwarded-for` is believed, with commas.',
  },
  {
    name: 'PLIMSOLL_METRICS_TOKEN',
    isSecret: true,
    describe: 'Bearer token that `/metrics` asks for; open without it.',
  },
  { name: 'PLIMSOLL_WEB', describe: 'Folder with a build of the web app, where it is not the bundled one.' },
  {
    name: 'PLIMSOLL_CONNECTIONS',
    initial: '20',
    describe: 'The most connections to the database, 4 to 500.',
  },
  {
    name: 'PLIMSOLL_GRACE',
    initial: '20',
    describe: 'Seconds that requests and jobs under way get when the server stops.',
  },
  {
    name: 'PLIMSOLL_OIDC_ISSUER',
    describe:
      'Issuer of the OpenID Connect provider that people sign in by: https, or http on this machine’s loopback.',
  },
  { name: 'PLIMSOLL_OIDC_CLIENT_ID', describe: 'Id of this server at the provider.' },
  { name: 'PLIMSOLL_OIDC_CLIENT_SECRET', isSecret: true, describe: 'Secret of this server at the provider.' },
  {
    name: 'PLIMSOLL_OIDC_NAME',
    initial: 'Single sign-on',
    describe: 'What the button on the sign-in page says.',
  },
  { name: 'PLIMSOLL_OIDC_SCOPES', initial: 'openid profile email', describe: 'Scopes to ask for.' },
  { name: 'PLIMSOLL_OIDC_LOGIN_CLAIM', initial: 'email', describe: 'Claim that names the person.' },
  { name: 'PLIMSOLL_OIDC_GROUPS_CLAIM', initial: 'groups', describe: 'Claim that lists groups.' },
  {
    name: 'PLIMSOLL_OIDC_GROUP_ROLES',
    describe: 'Roles by group: `sre=admin; developers=viewer`; the highest counts.',
  },
  {
    name: 'PLIMSOLL_OIDC_DEFAULT_ROLE',
    describe: 'Role of those in none of these groups; without it they may not sign in.',
  },
] as const satisfies readonly Setting[]

export type SettingName = (typeof settings)[number]['name']

/** What flags of the command line say, by the setting's name; they stand over the environment. */
export type Given = Partial<Readonly<Record<SettingName, string>>>

export interface ConfigSource {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly flags: Given
  /** Relative paths start here. */
  readonly workingDirectory: string
  /** A build of the web app that came with the program. */
  readonly webFolder?: string
}

export function readConfig({ environment, flags, workingDirectory, webFolder }: ConfigSource): ConfigOutcome {
  const problems: string[] = []
  const wrong = (name: SettingName, what: string) => void problems.push(`${name}: ${what}`)
  const read = reader(environment, flags, wrong)
  const file = (name: SettingName) => {
    const path = read(name)
    return path === undefined
      ? undefined
      : contentOf(resolve(workingDirectory, path), what => wrong(name, what))
  }
  const one = <T>(name: SettingName, parse: (text: string) => T | string, or: T): T => {
    const text = read(name)
    if (text === undefined) return or
    const value = parse(text)
    if (typeof value !== 'string' || typeof or === 'string') return value as T
    wrong(name, value)
    return or
  }

  const listen = one('PLIMSOLL_LISTEN', parseListen, { host: '127.0.0.1', port: 0 })
  const [cert, key] = [file('PLIMSOLL_TLS_CERT'), file('PLIMSOLL_TLS_KEY')]
  if (read('PLIMSOLL_TLS_CERT') !== undefined && read('PLIMSOLL_TLS_KEY') === undefined)
    wrong('PLIMSOLL_TLS_KEY', 'is needed with PLIMSOLL_TLS_CERT')
  if (read('PLIMSOLL_TLS_KEY') !== undefined && read('PLIMSOLL_TLS_CERT') === undefined)
    wrong('PLIMSOLL_TLS_CERT', 'is needed with PLIMSOLL_TLS_KEY')
  const tls = cert && key ? { cert, key } : undefined
  const publicUrl = one<URL | undefined>('PLIMSOLL_PUBLIC_URL', parsePublicUrl, undefined)
  const data = read('PLIMSOLL_DATA')
  const web = read('PLIMSOLL_WEB')
  const config: Config = {
    listen,
    databaseUrl: one<{ url: string } | undefined>('DATABASE_URL', parseDatabaseUrl, undefined)?.url,
    dataFolder: data === undefined ? defaultDataFolder(environment) : resolve(workingDirectory, data),
    publicOrigin: publicUrl?.origin ?? ownOrigin(listen, tls !== undefined),
    tls,
    logLevel: one<{ level: LogLevel }>('PLIMSOLL_LOG_LEVEL', parseLevel, { level: 'info' }).level,
    trustedProxies: one('PLIMSOLL_TRUSTED_PROXIES', parseNetworks, []),
    metricsToken: read('PLIMSOLL_METRICS_TOKEN'),
    webFolder: web === undefined ? webFolder : resolve(workingDirectory, web),
    connections: one('PLIMSOLL_CONNECTIONS', text => parseWhole(text, 4, 500), 20),
    graceSeconds: one('PLIMSOLL_GRACE', text => parseWhole(text, 0, 3600), 20),
    oidc: readOidc(read, wrong),
  }
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, config, notes: [...strangers(environment), ...dangers(config)] }
}

type Read = (name: SettingName) => string | undefined
type Wrong = (name: SettingName, what: string) => void

/** Gives a setting's text: of its flag, its variable, its file, or its initial one; empty is as good as absent. */
function reader(environment: ConfigSource['environment'], flags: Given, wrong: Wrong): Read {
  const given = new Map<string, string | undefined>()
  for (const setting of settings as readonly (Setting & { name: SettingName })[]) {
    const { name, initial, isSecret } = setting
    const path = isSecret ? environment[`${name}_FILE`] : undefined
    const kept = path
      ? contentOf(path, what => wrong(name, what))
          ?.toString('utf8')
          .trim()
      : undefined
    given.set(name, flags[name] || environment[name] || kept || initial)
  }
  return name => given.get(name)
}

function contentOf(path: string, wrong: (what: string) => void): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    wrong(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`)
    return undefined
  }
}

/** `host:port`, `[::1]:port`, `:port` or `port`. */
function parseListen(text: string): Config['listen'] | string {
  const match = /^(?:(?:\[([\da-f:.]+)\]|([^:[\]\s]*)):)?(\d{1,5})$/i.exec(text)
  const port = Number(match?.[3])
  if (!match || port > 65_535) return `${text} is no address with a port, such as 127.0.0.1:8480`
  const all = match[0].startsWith(':') ? '::' : '127.0.0.1'
  return { host: match[1] ?? (match[2] || all), port }
}

function parsePublicUrl(text: string): URL | string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    return `${text} is no URL, such as https://plimsoll.example.com`
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    return 'it has more than a host: the server stands at the root of its own name'
  return url
}

/** The text of it is not repeated: it may hold a password. */
function parseDatabaseUrl(text: string): { url: string } | string {
  return /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text)
    ? { url: text }
    : 'it is no URL of the form postgresql://user:password@host:5432/database'
}

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent']
function parseLevel(text: string): { level: LogLevel } | string {
  const level = levels.find(one => one === text)
  return level ? { level } : unknownId('log level', text, levels)
}

function parseNetworks(text: string): readonly string[] | string {
  const networks = text.split(',').map(one => one.trim())
  const bad = networks.find(one => {
    const [address = '', bits] = one.split('/', 2)
    const most = isIP(address) === 6 ? 128 : 32
    return isIP(address) === 0 || (bits !== undefined && !(/^\d+$/.test(bits) && Number(bits) <= most))
  })
  return bad === undefined ? networks : `${bad || 'nothing'} is no address or network`
}

function parseWhole(text: string, least: number, most: number): number | string {
  const value = Number(text)
  return Number.isInteger(value) && value >= least && value <= most
    ? value
    : `${text} is no whole number from ${least} to ${most}`
}

function readOidc(read: Read, wrong: Wrong): Config['oidc'] {
  const issuer = read('PLIMSOLL_OIDC_ISSUER')
  if (issuer === undefined) return undefined
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  const isOwnMachine = url?.protocol === 'http:' && isLoopback(url.hostname.replace(/[[\]]/g, ''))
  if (url?.protocol !== 'https:' && !isOwnMachine) wrong('PLIMSOLL_OIDC_ISSUER', `${issuer} is no https URL`)
  const needed = (name: SettingName) => {
    const text = read(name)
    if (text === undefined) wrong(name, 'is needed with PLIMSOLL_OIDC_ISSUER')
    return text ?? ''
  }
  const role = (name: SettingName, text: string): Role | null => {
    const found = roles.find(one => one === text)
    if (!found) wrong(name, unknownId('role', text, roles))
    return found ?? null
  }
  const groups = (read('PLIMSOLL_OIDC_GROUP_ROLES') ?? '').split(';').filter(one => one.trim() !== '')
  const fallback = read('PLIMSOLL_OIDC_DEFAULT_ROLE')
  return {
    issuer,
    clientId: needed('PLIMSOLL_OIDC_CLIENT_ID'),
    clientSecret: needed('PLIMSOLL_OIDC_CLIENT_SECRET'),
    name: needed('PLIMSOLL_OIDC_NAME'),
    scopes: needed('PLIMSOLL_OIDC_SCOPES').split(/\s+/),
    claims: { login: needed('PLIMSOLL_OIDC_LOGIN_CLAIM'), groups: needed('PLIMSOLL_OIDC_GROUPS_CLAIM') },
    roleOfGroup: Object.fromEntries(
      groups.flatMap(pair => {
        const at = pair.lastIndexOf('=')
        const found = role('PLIMSOLL_OIDC_GROUP_ROLES', pair.slice(at + 1).trim())
        return found ? [[pair.slice(0, Math.max(at, 0)).trim(), found]] : []
      }),
    ),
    defaultRole: fallback === undefined ? null : role('PLIMSOLL_OIDC_DEFAULT_ROLE', fallback),
  }
}

const isLoopback = (host: string) => /^(?:127\.|::1$|localhost$)/.test(host)

function ownOrigin({ host, port }: Config['listen'], isEncrypted: boolean): string {
  const name = host === '::' || host === '0.0.0.0' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${isEncrypted ? 'https' : 'http'}://${name}:${port}`
}

/** Variables that look like settings and are none. Kubernetes makes some for a Service of our name. */
function strangers(environment: ConfigSource['environment']): string[] {
  const known = settings.flatMap(setting => [setting.name, `${setting.name}_FILE`])
  return Object.keys(environment)
    .filter(name => name.startsWith('PLIMSOLL_') && !known.includes(name))
    .filter(name => !/^PLIMSOLL_(?:TEST_|\w*(?:SERVICE_|PORT))/.test(name) && name !== 'PLIMSOLL_FIXTURES')
    .map(name => unknownId('setting', name, known))
}

function dangers({ listen, publicOrigin }: Config): string[] {
  return isLoopback(listen.host) || publicOrigin.startsWith('https:')
    ? []
    : [
        'passwords and tokens travel unencrypted: give PLIMSOLL_TLS_CERT and PLIMSOLL_TLS_KEY, or PLIMSOLL_PUBLIC_URL with https where a proxy encrypts',
      ]
}
