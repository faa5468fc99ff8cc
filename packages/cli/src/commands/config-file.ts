// Config file: flags from a YAML file, for those that the command line does not give.

import { type Attempt, isRecord, type Problem, refuse, succeed, unknownId } from '@plimsoll/core'
import { type Command, InvalidArgumentError, type Option } from 'commander'
import { readDataFile } from './data-file.ts'

/**
 * Sets the options of a command from the file `{ <long flag>: value | [values] }`. Flags of other verbs are left alone, what no verb knows
 * is a problem. What the command line says wins.
 */
export async function applyConfig(
  command: Command,
  file: string,
  workingDirectory: string,
): Promise<Attempt<void>> {
  const read = await readDataFile(file, workingDirectory, 'usage')
  if (!read.ok) return read
  const values = read.value ?? {}
  if (!isRecord(values)) return refuse({ code: 'usage', message: 'must be a map from flags to values', file })
  const own = new Map(
    chainOf(command).flatMap(one =>
      one.options.map(option => [nameOf(option), { option, owner: one }] as const),
    ),
  )
  const known = new Set(allOptions(rootOf(command)).map(nameOf))
  known.delete('config')
  const problems: Problem[] = []
  const wrong = (message: string) => problems.push({ code: 'usage', message, file })
  for (const [name, value] of Object.entries(values)) {
    if (!known.has(name)) {
      wrong(unknownId('flag', name, known))
      continue
    }
    const found = own.get(name)
    if (!found) continue
    const { option, owner } = found
    if (owner.getOptionValueSource(option.attributeName()) === 'cli') continue
    const setting = readSetting(option, value)
    if ('fault' in setting) wrong(`${name}: ${setting.fault}`)
    else owner.setOptionValueWithSource(option.attributeName(), setting.value, 'config')
  }
  return problems.length > 0 ? refuse(...problems) : succeed(undefined)
}

/** The value of an option, read as the command line's text would be. */
function readSetting(
  option: Option,
  value: unknown,
): { readonly value: unknown } | { readonly fault: string } {
  if (option.isBoolean() || option.negate)
    return typeof value === 'boolean' ? { value } : { fault: 'must be true or false' }
  const given = Array.isArray(value) ? (value as unknown[]) : [value]
  let setting: unknown
  for (const one of given) {
    if (typeof one !== 'string' && typeof one !== 'number')
      return { fault: 'must be a text, or a list of texts' }
    try {
      setting = option.parseArg ? option.parseArg(String(one), setting) : String(one)
    } catch (error) {
      if (error instanceof InvalidArgumentError) return { fault: error.message }
      throw error
    }
  }
  if (given.length > 1 && !Array.isArray(setting)) return { fault: 'takes one value' }
  return { value: setting }
}

/** `fail-on` of `--fail-on`; `color` of `--no-color`. */
const nameOf = (option: Option) => option.name().replace(/^no-/, '')

function chainOf(command: Command): Command[] {
  return command.parent ? [command, ...chainOf(command.parent)] : [command]
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command
}

function allOptions(command: Command): Option[] {
  return [...command.options, ...command.commands.flatMap(allOptions)]
}
