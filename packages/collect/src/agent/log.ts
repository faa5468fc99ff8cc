// Log: one line of JSON for each thing worth telling: a fixed message, fields beside it, never a value of any object.

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

type Fields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Log {
  debug(message: string, fields?: Fields): void
  info(message: string, fields?: Fields): void
  warn(message: string, fields?: Fields): void
  error(message: string, fields?: Fields): void
}

export function makeLog(least: LogLevel, now: () => Date, write: (line: string) => void): Log {
  const at =
    (level: Exclude<LogLevel, 'silent'>) =>
    (message: string, fields: Fields = {}): void => {
      if (logLevels.indexOf(level) < logLevels.indexOf(least)) return
      write(`${JSON.stringify({ time: now().toISOString(), level, msg: message, ...fields })}\n`)
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
