// Zsh: the completion script for zsh.

import { type CompletionModel, type FlagModel, quoted, type VerbModel } from './model.ts'

/** To be sourced, or saved as `_plimsoll` in a folder of fpath. */
export function zshScript(model: CompletionModel): string {
  const functions = model.verbs.flatMap(verb => verbFunctions(verb, `_plimsoll_${verb.name}`, model))
  return `#compdef plimsoll
# zsh completion for plimsoll: source <(plimsoll completion zsh)
_plimsoll() {
  local -a verbs
  verbs=(${model.verbs.map(described).join(' ')})
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  (( $+functions[_plimsoll_$verb] )) && _plimsoll_$verb
}
${functions.join('\n')}
if [ "$funcstack[1]" = _plimsoll ]; then _plimsoll "$@"; else compdef _plimsoll plimsoll; fi
`
}

function verbFunctions(verb: VerbModel, name: string, model: CompletionModel): string[] {
  const flags = verb.flags.flatMap(flagSpecs).map(quoted)
  if (verb.verbs.length === 0)
    return [`${name}() {\n  _arguments ${[...flags, quoted(argumentSpec(verb, model))].join(' ')}\n}`]
  const own = `${name}() {
  local -a verbs
  verbs=(${verb.verbs.map(described).join(' ')})
  if (( CURRENT == 2 )) && [[ $words[CURRENT] != -* ]]; then
    _describe verb verbs
    return
  fi
  if (( $+functions[${name}_$words[2]] )); then
    local verb=$words[2]
    shift words
    (( CURRENT-- ))
    ${name}_$verb
  else
    _arguments ${flags.join(' ')}
  fi
}`
  return [own, ...verb.verbs.flatMap(one => verbFunctions(one, `${name}_${one.name}`, model))]
}

const described = ({ name, description }: VerbModel) =>
  quoted(`${name}:${description.replaceAll(':', '\\:')}`)

function flagSpecs({ long, short, description, takesValue, takesFile, values }: FlagModel): string[] {
  const text = description.replace(/[[\]:]/g, sign => `\\${sign}`)
  const value = !takesValue
    ? ''
    : takesFile
      ? ':file:_files'
      : values.length > 0
        ? `:value:(${values.join(' ')})`
        : ':value: '
  return [long, ...(short ? [short] : [])].map(name => `*${name}[${text}]${value}`)
}

function argumentSpec({ argument }: VerbModel, { ids }: CompletionModel): string {
  if (argument === undefined) return '*: :'
  return argument === 'file' ? '*:file:_files' : `1:id:(${ids[argument].join(' ')})`
}
