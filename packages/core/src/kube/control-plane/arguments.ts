// Arguments: the words that a container's process is started with, with their places and with variables filled in.
//
// Source: Kubernetes core/v1 API, Container.command and Container.args: `$(NAME)` stands for a variable of the container, `$$(NAME)` for
// itself, and a reference to a variable that there is not stays as it is.

import type { Container } from '../../model/pod-template.ts'

/** One word of a command line. */
export interface Argument {
  /** As the process gets it, where all variables in it are known. */
  readonly text: string
  /** What stands at the path. */
  readonly written: string
  readonly path: string
  /** Where it really stands, where that is in another object. */
  readonly note?: string
  /** The variable in it whose value the pod does not say. */
  readonly unknown?: string
}

const reference = /\$\$|\$\(([-._A-Za-z0-9]+)\)/g

/** The words of a container's command and args; those of the image's own entrypoint are not known. */
export function argumentsOf(container: Container): readonly Argument[] {
  const words: Argument[] = []
  const take = (list: readonly string[] | undefined, field: string) =>
    list?.forEach((written, i) => {
      words.push(argument(written, `${container.path}.${field}[${i}]`, container))
    })
  take(container.command, 'command')
  take(container.args, 'args')
  return words
}

/** Where a further argument of a container belongs. */
export function nextArgumentPath({ command, args, path }: Container): string {
  if (args?.length || !command?.length) return `${path}.args[${args?.length ?? 0}]`
  return `${path}.command[${command.length}]`
}

function argument(written: string, path: string, container: Container): Argument {
  if (!written.includes('$')) return { text: written, written, path }
  let unknown: string | undefined
  const text = written.replaceAll(reference, (whole, name: string | undefined) => {
    if (name === undefined) return '$'
    const value = variableOf(container, name)
    if (value === undefined) unknown ??= name
    return value ?? whole
  })
  return { text, written, path, ...(unknown !== undefined && { unknown }) }
}

/** The value of a container's variable; undefined where it is not known. The last of two of one name counts. */
export function variableOf({ env = [] }: Container, name: string): string | undefined {
  const variable = env.findLast(one => one.name === name)
  if (variable?.valueFrom) return undefined
  const value = variable?.value
  return value?.includes('$(') ? undefined : (value ?? (variable ? '' : undefined))
}
