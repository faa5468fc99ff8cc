// Fish: the completion script for fish.

import { type CompletionModel, pathsOf, quoted } from './model.ts'

/** To be sourced, or saved as `plimsoll.fish` among fish's completions. */
export function fishScript(model: CompletionModel): string {
  const lines = [
    '# fish completion for plimsoll: plimsoll completion fish | source',
    'complete -c plimsoll -f',
    ...model.verbs.map(
      ({ name, description }) =>
        `complete -c plimsoll -n __fish_use_subcommand -a ${name} -d ${fishQuoted(description)}`,
    ),
  ]
  for (const { path, verb } of pathsOf(model.verbs)) {
    const [first = '', second] = path.split(' ')
    const isHere = second
      ? `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`
      : `__fish_seen_subcommand_from ${first}`
    const here = `complete -c plimsoll -n ${quoted(isHere)}`
    for (const one of verb.verbs) lines.push(`${here} -a ${one.name} -d ${fishQuoted(one.description)}`)
    if (verb.argument === 'file') lines.push(`${here} -F`)
    else if (verb.argument) lines.push(`${here} -a ${quoted(model.ids[verb.argument].join(' '))}`)
    for (const flag of verb.flags) {
      const short = flag.short ? ` -s ${flag.short.slice(1)}` : ''
      const value = !flag.takesValue
        ? ''
        : flag.takesFile
          ? ' -r -F'
          : ` -x -a ${quoted(flag.values.join(' '))}`
      lines.push(`${here} -l ${flag.long.slice(2)}${short}${value} -d ${fishQuoted(flag.description)}`)
    }
  }
  return `${lines.join('\n')}\n`
}

const fishQuoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
