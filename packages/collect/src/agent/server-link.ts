// Server link: speaks to the Plimsoll server with the token and the authorities as they are now on disk, and knows when a token is refused.

import { readFile } from 'node:fs/promises'
import { type Call, ServerClient, ServerFailure } from '../upload/server-client.ts'
import type { AgentOptions, AgentWorld } from './agent-options.ts'

/** Milliseconds after which the files are read again. */
const readAgainAfter = 10_000

/** Thrown where the server does not know the token, any more or at all, or keeps it from what an agent does. */
export class TokenRefused extends Error {}

interface Opened {
  readonly client: ServerClient
  readonly token: string
  readonly authority: string | undefined
  readonly readAt: number
}

export class ServerLink {
  private readonly options: AgentOptions
  private readonly outside: AgentWorld
  private opened: Opened | undefined
  /** Bytes of objects and names sent, before they were packed. */
  sentBytes = 0

  constructor(options: AgentOptions, outside: AgentWorld) {
    this.options = options
    this.outside = outside
  }

  close(): void {
    this.opened?.client.close()
    this.opened = undefined
  }

  /** The token as it is on disk; empty where it cannot be read. */
  async token(): Promise<string> {
    return (await readText(this.options.tokenFile)).trim()
  }

  /** The JSON of the answer. Throws TokenRefused, ServerFailure, and the signal's reason. */
  async call(call: Call, signal: AbortSignal): Promise<unknown> {
    const { client, token } = await this.open(false)
    try {
      return await client.call(call, signal)
    } catch (error) {
      if (!isRefusal(error)) throw error
      // It may have been replaced since it was read; what was sent must be made again, so who called asks again.
      const now = await this.open(true)
      if (now.token !== token)
        throw new ServerFailure('the token was replaced meanwhile', {
          mayPass: true,
          status: 401,
          cause: error,
        })
      throw new TokenRefused(error.message, { cause: error })
    }
  }

  private async open(anew: boolean): Promise<Opened> {
    const { options, outside, opened } = this
    const now = outside.world.now().getTime()
    if (opened && !anew && Math.abs(now - opened.readAt) < readAgainAfter) return opened
    const token = await this.token()
    const authority = options.caFile === undefined ? undefined : await readText(options.caFile)
    if (opened && opened.token === token && opened.authority === authority) {
      this.opened = { ...opened, readAt: now }
      return this.opened
    }
    if (token === '') throw new TokenRefused(`the token file ${options.tokenFile} is empty or cannot be read`)
    const made = ServerClient.open(
      { url: options.server, token, ...(authority !== undefined && { certificateAuthority: authority }) },
      proxies(options, outside),
    )
    if (!made.ok)
      throw new ServerFailure(made.problems.map(({ message }) => message).join('; '), { mayPass: true })
    opened?.client.close()
    this.opened = { client: made.value, token, authority, readAt: now }
    return this.opened
  }
}

/** The proxies that are named for the server, else those of the environment. */
export function proxies(
  { proxy, noProxy }: AgentOptions,
  { environment }: AgentWorld,
): AgentWorld['environment'] {
  return {
    ...environment,
    ...(proxy !== undefined && {
      HTTPS_PROXY: proxy,
      HTTP_PROXY: proxy,
      NO_PROXY: noProxy ?? '',
      no_proxy: '',
    }),
    ...(noProxy !== undefined && { NO_PROXY: noProxy }),
  }
}

/** Refused for who asks: an unknown or revoked token (401), or one of another cluster (403). */
function isRefusal(error: unknown): error is ServerFailure {
  return error instanceof ServerFailure && (error.status === 401 || error.code === 'forbidden')
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return ''
  }
}
