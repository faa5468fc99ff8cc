// Log: structured lines on a stream; credentials are struck out wherever they would stand.

import { type DestinationStream, type Logger, pino } from 'pino'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

const secret = ['authorization', 'cookie', 'password', 'token', 'secret', 'set-cookie']

/** Levels are written as words and times in ISO 8601, as collectors of logs read them. */
export function createLog(level: LogLevel, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      serializers: { err: told },
      redact: {
        paths: secret.flatMap(name => [`["${name}"]`, `*["${name}"]`, `*.headers["${name}"]`]),
        censor: '[redacted]',
      },
    },
    destination,
  )
}

/** What of an error is for the log: the driver hangs its whole connection, and values of rows, on those that it throws. */
function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause, code } = error as NodeJS.ErrnoException
  return {
    name,
    message,
    ...(code !== undefined && { code }),
    stack,
    ...(cause !== undefined && { cause: told(cause) }),
  }
}
