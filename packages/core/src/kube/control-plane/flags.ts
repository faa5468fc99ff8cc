// Flags: what a component runs with: the flags that it was given, and the defaults of its version where it was given none.
//
// Sources: spf13/pflag and k8s.io/component-base/cli/flag (the Kubernetes components: `_` is `-`, lists grow with each use);
// Go's flag package and etcd's pkg/flags (etcd: one dash does, reading ends at the first word that is no flag, ETCD_* variables stand
// in for flags that are not given).

import { type KubernetesVersion, newestKnownMinor } from '../../model/kubernetes-version.ts'
import { type Argument, nextArgumentPath } from './arguments.ts'
import type { ComponentProcess } from './component.ts'
import { defaultOf, type FlagFact, findFlagFact } from './flag-facts.ts'
import { parseGoBoolean, parseGoDuration, parseGoInteger, splitGoList } from './go-values.ts'

/** A place in the pod and what is written there. */
export interface FlagPlace {
  readonly path: string
  readonly actual: unknown
  /** Where the flag really stands, where that is in another object. */
  readonly note?: string
}

/** What a component runs with. `isGiven`: somebody wrote it; else it is the default, and the place is where it could be written. */
export interface Setting<T> extends FlagPlace {
  readonly value: T
  readonly isGiven: boolean
}

export interface ListItem extends FlagPlace {
  readonly value: string
}

export interface Flags {
  text(flag: string): Setting<string>
  /** The value is undefined where it is written so that the component would not start. */
  boolean(flag: string): Setting<boolean | undefined>
  number(flag: string): Setting<number | undefined>
  /** In seconds. */
  duration(flag: string): Setting<number | undefined>
  /** Each item with the place where it was given. */
  list(flag: string): Setting<readonly ListItem[]>
  /** Whether a feature gate is switched; undefined where it is left as it is. */
  featureGate(name: string): Setting<boolean | undefined>
  /** Why one of these flags cannot be told from the pod, where that is so. */
  unseen(flags: readonly string[]): string | undefined
  /** The version whose defaults hold. */
  readonly version: KubernetesVersion
}

interface Given {
  readonly place: FlagPlace
  readonly text: string
  readonly unknown: string | undefined
}

/** Reads the flags of a process. `version` is the cluster's, for where the component's image does not tell its own. */
export function readFlags(process: ComponentProcess, version?: KubernetesVersion): Flags {
  const { component, container } = process
  const own = process.version ?? version ?? { major: 1, minor: newestKnownMinor }
  const given = component === 'etcd' ? readGoFlags(process) : readPflags(process)
  const place: FlagPlace = process.addedAt ?? { path: nextArgumentPath(container), actual: undefined }

  const factOf = (flag: string): FlagFact => {
    const fact = findFlagFact(component, flag)
    if (!fact) throw new Error(`nothing is known of the flag --${flag} of ${component}`)
    return fact
  }
  const allOf = (flag: string): readonly Given[] => {
    const found = given.get(flag)
    if (found) return found
    return component === 'etcd' ? fromEnvironment(process, flag) : []
  }
  const setting = <T>(flag: string, parse: (text: string) => T): Setting<T> => {
    const last = allOf(flag).at(-1)
    if (last) return { value: parse(last.text), isGiven: true, ...last.place }
    return { value: parse(defaultOf(factOf(flag), own)), isGiven: false, ...place }
  }

  return {
    version: own,
    text: flag => setting(flag, text => text),
    boolean: flag => setting(flag, parseGoBoolean),
    number: flag => setting(flag, parseGoInteger),
    duration: flag => setting(flag, parseGoDuration),
    list(flag) {
      const { type } = factOf(flag)
      const split = (text: string) => (type === 'array' ? (text === '' ? [] : [text]) : splitGoList(text))
      const all = allOf(flag)
      const last = all.at(-1)
      if (!last)
        return {
          value: split(defaultOf(factOf(flag), own)).map(value => ({ value, ...place })),
          isGiven: false,
          ...place,
        }
      const counted = type === 'text' ? [last] : all
      const items = counted.flatMap(({ text, place }) => split(text).map(value => ({ value, ...place })))
      return { value: items, isGiven: true, ...last.place }
    },
    featureGate(name) {
      for (const { text, place } of allOf('feature-gates').toReversed())
        for (const pair of text.split(',').toReversed()) {
          const [key = '', value = ''] = pair.trim().split('=')
          if (key.replace(/^kube:/, '') === name)
            return { value: parseGoBoolean(value), isGiven: true, ...place }
        }
      return { value: undefined, isGiven: false, ...place }
    },
    unseen(flags) {
      if (process.hidden !== undefined) return process.hidden
      for (const flag of flags) {
        const reason = unseenFlag(flag)
        if (reason !== undefined) return reason
      }
      return undefined
    },
  }

  function unseenFlag(flag: string): string | undefined {
    const { ignoredWith, orFile } = factOf(flag)
    const file = ignoredWith ?? orFile
    const isDecidedByFile =
      file !== undefined &&
      (ignoredWith !== undefined || allOf(flag).length === 0) &&
      setting(file, String).value !== ''
    if (isDecidedByFile)
      return `the file of --${file} decides in the place of --${flag}, and files on nodes were not read`
    const reason = process.open?.[flag]
    if (reason !== undefined && !given.has(flag)) return reason
    const open = allOf(flag).find(({ unknown }) => unknown !== undefined)
    if (open) return `--${flag} is given by the variable ${open.unknown}, whose value the pod does not say`
    if (component === 'etcd' && !given.has(flag) && container.envFrom?.length)
      return `${environmentName(flag)} may be among the variables that etcd takes from a ConfigMap or Secret`
    return undefined
  }
}

/** `--flag=value`, `--flag value`, `--flag` for a boolean; what follows `--` is no flag, and neither is a word beside them. */
function readPflags({ component, arguments: words }: ComponentProcess): Map<string, Given[]> {
  const found = new Map<string, Given[]>()
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    if (!word?.text.startsWith('--')) continue
    if (word.text === '--') break
    const equals = word.text.indexOf('=')
    const name = word.text.slice(2, equals < 0 ? undefined : equals).replaceAll('_', '-')
    const { unknown } = word
    const place = placeOf(word)
    if (equals >= 0) add(found, name, { text: word.text.slice(equals + 1), place, unknown })
    else {
      const next = words[i + 1]
      const fact = findFlagFact(component, name)
      // Of a flag that no rule reads it does not matter what it holds, only which words are its own.
      const takesNext = fact ? fact.type !== 'boolean' : next !== undefined && !next.text.startsWith('-')
      if (takesNext && next) {
        add(found, name, { text: next.text, place: placeOf(next), unknown: next.unknown })
        i++
      } else add(found, name, { text: 'true', place, unknown })
    }
  }
  return found
}

function readGoFlags({ component, arguments: words }: ComponentProcess): Map<string, Given[]> {
  const found = new Map<string, Given[]>()
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    const flag = word && /^--?([^-=][^=]*)(?:=([\s\S]*))?$/.exec(word.text)
    if (!word || !flag) break
    const [, name = '', value] = flag
    const { unknown } = word
    const place = placeOf(word)
    if (value !== undefined) {
      add(found, name, { text: value, place, unknown })
      continue
    }
    const next = words[i + 1]
    const fact = findFlagFact(component, name)
    const takesNext = fact ? fact.type !== 'boolean' : next !== undefined && !next.text.startsWith('-')
    if (takesNext && next) {
      add(found, name, { text: next.text, place: placeOf(next), unknown: next.unknown })
      i++
    } else add(found, name, { text: 'true', place, unknown })
  }
  return found
}

const placeOf = ({ path, written, note }: Argument): FlagPlace => ({
  path,
  actual: written,
  ...(note !== undefined && { note }),
})

function add(found: Map<string, Given[]>, name: string, given: Given): void {
  const known = found.get(name)
  if (known) known.push(given)
  else found.set(name, [given])
}

const environmentName = (flag: string) => `ETCD_${flag.toUpperCase().replaceAll('-', '_')}`

function fromEnvironment({ container }: ComponentProcess, flag: string): Given[] {
  const name = environmentName(flag)
  const { env = [] } = container
  const at = env.findLastIndex(variable => variable.name === name)
  const variable = env[at]
  if (!variable) return []
  const path = `${container.path}.env[${at}].value`
  const isKnown = variable.valueFrom === undefined && !variable.value?.includes('$(')
  // etcd takes an empty variable for one that is not there.
  if (isKnown && !variable.value) return []
  const place = { path, actual: variable.value }
  return [{ text: variable.value ?? '', place, unknown: isKnown ? undefined : name }]
}
