/** Dockerfile: its instructions as values. */

export interface Instruction {
  /** In capitals. */
  readonly name: string
  /** Such as `--from=build`. */
  readonly flags: readonly string[]
  /** All behind the flags, continued lines joined. */
  readonly text: string
  readonly words: readonly string[]
}

export interface Stage {
  readonly image: string
  /** Empty where it has none. */
  readonly name: string
  readonly instructions: readonly Instruction[]
}

/** The stages of a Dockerfile. Throws for an instruction before the first FROM, and for a line that is none. */
export function parseDockerfile(source: string): readonly Stage[] {
  const lines = source
    .split('\n')
    .filter(line => !/^\s*(?:#|$)/.test(line))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
  const stages: { image: string; name: string; instructions: Instruction[] }[] = []
  for (const line of lines) {
    const instruction = parseLine(line)
    if (instruction.name === 'FROM') {
      const [image = '', as, name = ''] = instruction.words
      if (as !== undefined && as.toUpperCase() !== 'AS') throw new Error(`not a FROM: ${line}`)
      stages.push({ image, name, instructions: [] })
      continue
    }
    const stage = stages.at(-1)
    if (!stage) throw new Error(`before the first FROM: ${line}`)
    stage.instructions.push(instruction)
  }
  return stages
}

function parseLine(line: string): Instruction {
  const [, name, flags = '', text] = /^\s*([A-Za-z]+)\s+((?:--\S+\s+)*)(\S.*)$/.exec(line) ?? []
  if (!name || !text) throw new Error(`not an instruction: ${line}`)
  return {
    name: name.toUpperCase(),
    flags: flags.split(/\s+/).filter(one => one !== ''),
    text: text.trim(),
    words: text.trim().split(/\s+/),
  }
}
