// Program: runs the verb that a command line names, and tells of misuse in one line.

import { unknownId } from '@plimsoll/core'
import { type Command, CommanderError } from 'commander'
import type { ExitCode, GlobalFlags } from './kit.ts'
import { voiceOf } from './say.ts'
import { buildProgram, type Run } from './verbs.ts'

/** Runs the verb that the arguments name, and gives the exit code. Rejects only where the program itself is at fault. */
export async function runProgram(args: readonly string[], run: Run): Promise<ExitCode> {
  const { host } = run.kit
  let code: ExitCode = 0
  let help = ''
  let usage = ''
  let fault: string | undefined
  const program = buildProgram(run, result => {
    code = result
  })
  for (const command of [program, ...descendants(program)])
    command.exitOverride().configureOutput({
      writeOut: text => {
        help += text
      },
      // Help that is shown because a verb is missing.
      writeErr: text => {
        usage += text
      },
      outputError: text => {
        fault = text
      },
      getOutHelpWidth: () => host.width,
      getErrHelpWidth: () => host.width,
    })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0) code = 2
  }
  const stranger = args[0] === 'help' ? args[1] : undefined
  const verbs = program.commands.map(command => command.name())
  if (usage !== '' && stranger !== undefined && !verbs.includes(stranger)) {
    usage = ''
    fault = unknownId('verb', stranger, verbs)
  }
  if (help !== '') await host.out.write(help)
  if (usage !== '') host.err(usage)
  if (fault !== undefined) voiceOf(run.kit, program.opts<GlobalFlags>()).problem(faultLine(fault))
  return code
}

/** What commander says of a misuse, in one line and in our words. */
function faultLine(fault: string): string {
  return fault
    .trim()
    .replace(/^error: /, '')
    .replace(/^option '(?:-\w, )?(--[a-z-]+)[^']*' argument '.*' is invalid\. /s, '$1: ')
    .replace(/\n\((Did you mean .*)\)$/s, '. $1')
    .replaceAll('\n', ' ')
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap(one => [one, ...descendants(one)])
}
