// Session: signs people in without a screen, for what must be there before a test looks.

import { type ApiClient, apiClient, type Role } from '@plimsoll/core/contract/client'

export const ownPassword = 'over-the-line-and-far-away'

export interface Session {
  readonly url: string
  readonly login: string
  readonly password: string
  /** As a Cookie header holds it. */
  readonly cookie: string
  /** The API as this person. What is refused is thrown, with the server's words. */
  readonly api: ApiClient
}

const clientOf = (url: string, cookie: () => string, onCookie: (cookie: string) => void): ApiClient =>
  apiClient(async ({ method, path, body, version }) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        origin: url,
        cookie: cookie(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
    const set = answer.headers.get('set-cookie')?.split(';')[0]
    if (set) onCookie(set)
    return text === '' ? undefined : JSON.parse(text)
  })

export async function signIn(url: string, login: string, password: string): Promise<Session> {
  let cookie = ''
  const api = clientOf(
    url,
    () => cookie,
    set => {
      cookie = set
    },
  )
  await api.signIn({ login, password })
  return { url, login, password, cookie, api }
}

/** Signs in by a one-time password, and has it changed. */
export async function signInAtFirst(url: string, login: string, oneTime: string): Promise<Session> {
  const session = await signIn(url, login, oneTime)
  await session.api.changePassword({ old: oneTime, new: ownPassword })
  return { ...session, password: ownPassword }
}

/** Makes an account; gives its id and the one-time password. */
export async function makePerson(
  { api }: Session,
  login: string,
  role: Role,
): Promise<{ readonly id: string; readonly oneTimePassword: string }> {
  const { id, oneTimePassword = '' } = await api.createPerson({ login, name: login, role })
  return { id, oneTimePassword }
}

/** People of one team that sees the whole fleet, signed in. */
export async function makeTeam(
  admin: Session,
  people: Readonly<Record<string, Role>>,
): Promise<Readonly<Record<string, Session>>> {
  const zone = await admin.api.createZone({ name: 'the whole fleet', terms: [{}] })
  const members: string[] = []
  const sessions: Record<string, Session> = {}
  for (const [login, role] of Object.entries(people)) {
    const { id, oneTimePassword } = await makePerson(admin, login, role)
    members.push(id)
    sessions[login] = await signInAtFirst(admin.url, login, oneTimePassword)
  }
  await admin.api.createTeam({ name: 'fleet', members, zones: [zone.id] })
  return sessions
}
