// Start script: finds the words with which a shell script of OpenShift's operators starts a component of the control plane.
//
// The operators of openshift-etcd and openshift-kube-* run their static pods as `/bin/sh -c <script>`, whose last command is
// `exec … <program> --flag=value …`. No shell is run here: commands are told apart by the rules of POSIX sh (2.2 Quoting, 2.3 Token
// Recognition, 2.6 Word Expansions), and what an expansion gives is known only where it is a variable of the container.
//
// Source of the forms: openshift/cluster-etcd-operator and openshift/cluster-kube-*-operator, bindata, releases 4.1 to 4.22.

import type { Argument } from '../control-plane/arguments.ts'
import { type ShellWord, splitCommands } from './shell-commands.ts'

/** How a script starts a program. */
export interface ScriptStart {
  /** What follows the program's name. */
  readonly arguments: readonly Argument[]
  /** Why they cannot be told, where they cannot. */
  readonly hidden: string | undefined
  /** Variables that the script sets itself. */
  readonly assigned: ReadonlySet<string>
}

/** Other things that a program of the same name does. */
const otherTasks = new Set(['gateway', 'grpc-proxy', 'version'])

/**
 * The start of the program in a script; undefined where no `exec` of it is found. `variable` tells the value of a variable of the
 * container, where it is known.
 */
export function findStart(
  script: Argument,
  program: string,
  variable: (name: string) => string | undefined,
): ScriptStart | undefined {
  const assigned = assignedNames(script.text)
  const commands = splitCommands(script.text, name => (assigned.has(name) ? undefined : variable(name)))
  const starts = commands.flatMap(words => argumentsAfter(words, program) ?? [])
  const [first, second] = starts
  if (!first) return undefined
  const bare = first.words.find(({ isBare }) => isBare)
  const hidden =
    second !== undefined
      ? `its script starts ${program} in more than one way`
      : /(?:^|[;&|\n])\s*(?:source|\.|eval)\s/.test(script.text)
        ? `its script takes settings of ${program} from elsewhere`
        : bare && `its script gives ${program} the words ${bare.written}, which the pod does not say`
  return {
    arguments: hidden === undefined ? first.words.map(word => toArgument(word, script)) : [],
    hidden,
    assigned,
  }
}

/** The words after the program in a command that becomes it; other programs may stand between: `exec nice -n 5 etcd`. */
function argumentsAfter(
  words: readonly ShellWord[],
  program: string,
): { readonly words: readonly ShellWord[] } | undefined {
  const begin = words.findIndex(({ text }) => !['then', 'else', 'do', '{'].includes(text))
  if (words[begin]?.text !== 'exec') return undefined
  const at = words.findIndex(
    ({ text, isBare }, i) => i > begin && !isBare && text.slice(text.lastIndexOf('/') + 1) === program,
  )
  if (at < 0 || otherTasks.has(words[at + 1]?.text ?? '')) return undefined
  return { words: words.slice(at + 1) }
}

function toArgument({ text, unknown }: ShellWord, { path, written }: Argument): Argument {
  return { text, written, path, ...(unknown !== undefined && { unknown }) }
}

/** Names that stand before `=` where a command may begin; one too many does no harm, since its value then is not known. */
function assignedNames(script: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [, name] of script.matchAll(/(?:^|[\s;&|(])([A-Za-z_]\w*)=/g)) found.add(name as string)
  for (const [, name] of script.matchAll(/\b(?:read|for)\s+([A-Za-z_]\w*)/g)) found.add(name as string)
  return found
}
