// Completion: `plimsoll completion`: scripts by which shells complete verbs, flags and ids, made from the program itself.

import { unknownId } from '@plimsoll/core'
import type { Command, Option } from 'commander'
import { bashScript } from './completion-scripts/bash.ts'
import { fishScript } from './completion-scripts/fish.ts'
import type { CompletionModel, VerbModel } from './completion-scripts/model.ts'
import { zshScript } from './completion-scripts/zsh.ts'
import { completionOf } from './flags.ts'
import type { Catalogue, ExitCode, GlobalFlags, Kit } from './kit.ts'
import { writeLines } from './listing.ts'
import { sayProblems, voiceOf } from './say.ts'

const scripts: Readonly<Record<string, (model: CompletionModel) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

/** Prints the script of a shell. */
export async function completion(
  kit: Kit,
  program: Command,
  shell: string,
  flags: GlobalFlags,
): Promise<ExitCode> {
  const script = scripts[shell]
  if (!script || !Object.hasOwn(scripts, shell)) {
    const known = Object.keys(scripts)
    const message = `${unknownId('shell', shell, known)} (known: ${known.join(', ')})`
    return sayProblems([{ code: 'unknown-id', message }], voiceOf(kit, flags))
  }
  await writeLines(kit.host.out, [script(modelOf(program, await kit.loadCatalogue())).trimEnd()])
  return 0
}

function modelOf(program: Command, catalogue: Catalogue): CompletionModel {
  const globals = program.options
  const verb = (command: Command, inherited: readonly Option[]): VerbModel => ({
    name: command.name(),
    description: (command.summary() || command.description()).replace(/\.$/, ''),
    flags: [...command.options, ...inherited].map(option => ({
      long: `--${option.name()}`,
      ...(option.short && { short: option.short }),
      description: option.description,
      takesValue: option.required,
      values: valuesOf(option, catalogue),
      takesFile: completionOf(option) === 'file',
    })),
    verbs: command.commands.map(one => verb(one, [...command.options, ...inherited])),
    argument: argumentOf(command),
  })
  return {
    verbs: program.commands.map(one => verb(one, globals)),
    ids: {
      rule: catalogue.rules.map(({ id }) => id),
      benchmark: [...new Set(catalogue.editions.map(({ benchmark }) => benchmark))],
      shell: Object.keys(scripts),
    },
  }
}

function valuesOf(option: Option, { rules, editions }: Catalogue): readonly string[] {
  const own = completionOf(option)
  if (own === 'rule') return rules.map(({ id }) => id)
  if (own === 'benchmark') return [...new Set(editions.map(({ benchmark }) => benchmark))]
  return own === undefined || own === 'file' ? [] : own
}

/** What the arguments of a verb are, as far as a shell can offer them. */
function argumentOf(command: Command): VerbModel['argument'] {
  const path = [command.parent?.name(), command.name()].join(' ')
  switch (path) {
    case 'plimsoll explain':
    case 'rules show':
      return 'rule'
    case 'benchmarks show':
      return 'benchmark'
    case 'plimsoll completion':
      return 'shell'
    case 'plimsoll scan':
    case 'snapshot save':
    case 'snapshot show':
      return 'file'
    default:
      return undefined
  }
}
