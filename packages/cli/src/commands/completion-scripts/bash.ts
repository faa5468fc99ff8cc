// Bash: the completion script for bash.

import { type CompletionModel, type FlagModel, pathsOf, quoted } from './model.ts'

/** To be sourced, or put where bash-completion finds it. */
export function bashScript(model: CompletionModel): string {
  const paths = pathsOf(model.verbs)
  const words = (list: readonly string[]) => quoted(list.join(' '))
  const flagsWithValues = new Map<string, FlagModel>()
  for (const { verb } of paths)
    for (const flag of verb.flags)
      if (flag.takesValue) flagsWithValues.set(`${flag.long} ${flag.values.join()}`, flag)

  const valueCases = [...flagsWithValues.values()].map(flag => {
    const names = [flag.long, flag.short].filter(Boolean).join('|')
    return flag.takesFile
      ? `    ${names}) _plimsoll_files; return ;;`
      : `    ${names}) COMPREPLY=($(compgen -W ${words(flag.values)} -- "$cur")); return ;;`
  })
  const valueNames = [...flagsWithValues.values()].flatMap(flag => [flag.long, flag.short].filter(Boolean))
  const verbCases = paths.map(({ path, verb }) => {
    const offered = [
      ...verb.verbs.map(one => one.name),
      ...(verb.argument && verb.argument !== 'file' ? model.ids[verb.argument] : []),
    ]
    const flagWords = verb.flags.flatMap(flag => [flag.long, ...(flag.short ? [flag.short] : [])])
    const files = verb.argument === 'file' ? ' files=1' : ''
    return `    ${quoted(path)}) words=${words(offered)} flags=${words(flagWords)}${files} ;;`
  })
  const known = paths.map(({ path }) => `${quoted(path)}) path=$next ;;`).join(' ')

  return `# bash completion for plimsoll: source <(plimsoll completion bash)
_plimsoll_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$cur"))
}
_plimsoll() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
  local path= words= flags= files= i word next skip=
  case $prev in
${valueCases.join('\n')}
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [ -n "$skip" ]; then skip=; continue; fi
    case $word in
      ${[...new Set(valueNames)].join('|')}) skip=1; continue ;;
      -*) continue ;;
    esac
    next=\${path:+$path }$word
    case $next in ${known} esac
  done
  case $path in
    '') words=${words(model.verbs.map(({ name }) => name))} flags='--help --version' ;;
${verbCases.join('\n')}
  esac
  case $cur in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$cur")) ;;
    *) if [ -n "$files" ]; then _plimsoll_files; else COMPREPLY=($(compgen -W "$words" -- "$cur")); fi ;;
  esac
}
complete -F _plimsoll plimsoll
`
}
