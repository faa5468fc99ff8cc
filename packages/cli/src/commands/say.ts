// Say: how problems are put to the user: one line each, with what, where and what to do.

import { type Problem, visible } from '@plimsoll/core'
import type { Voice } from '../terminal/host.ts'
import type { ExitCode, GlobalFlags, Kit } from './kit.ts'

/** How a run with these flags speaks. */
export function voiceOf({ host }: Kit, flags: GlobalFlags): Voice {
  return host.voice({
    color: flags.color,
    quiet: flags.quiet === true,
    verbose: flags.verbose === true,
  })
}

/** Says each problem, and gives the exit code of a command that could not do what it was asked. */
export function sayProblems(problems: readonly Problem[], voice: Voice): ExitCode {
  for (const problem of problems) voice.problem(problemLine(problem))
  return 2
}

/** `exceptions.yaml:3:1: exceptions[0].owner: is required` */
export function problemLine({ message, file, line, column }: Problem): string {
  const place = [file, line, line === undefined ? undefined : column].filter(part => part !== undefined)
  // Many messages name their file themselves.
  const isNamed = file !== undefined && line === undefined && message.includes(file)
  return visible(place.length === 0 || isNamed ? message : `${place.join(':')}: ${message}`)
}
