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
      redact: {
        paths: secret.flatMap(name => [`["${name}"]`, `*["${name}"]`, `*.headers["${name}"]`]),
        censor: '[redacted]',
      },
    },
    destination,
  )
}
