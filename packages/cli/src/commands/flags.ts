// Flags: the options of the command line, each defined once, with what it takes and what shells complete for it.

import { type Outcome, outcomes, parseKubernetesVersion, severities, unknownId } from '@plimsoll/core'
import { InvalidArgumentError, Option } from 'commander'

/** The formats of a scan's report; verbs that list things know the first two. */
export const reportFormats = ['table', 'json', 'sarif', 'junit', 'csv', 'markdown', 'html'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** What a shell offers as a value. */
export type Completion = 'file' | 'rule' | 'benchmark' | readonly string[]
const completions = new WeakMap<Option, Completion>()

/** What a shell offers as the value of an option; undefined where it offers nothing. */
export function completionOf(option: Option): Completion | undefined {
  return completions.get(option)
}

const define = (flags: string, description: string, completion?: Completion): Option => {
  const option = new Option(flags, description)
  if (completion !== undefined) completions.set(option, completion)
  return option
}

const gathered = (option: Option): Option =>
  option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value])

const oneOf = (flags: string, description: string, what: string, known: readonly string[]): Option =>
  define(flags, description, known).argParser((value: string) => check(what, value, known))

function check<T extends string>(what: string, value: string, known: readonly T[]): T {
  const found = known.find(one => one === value)
  if (found !== undefined) return found
  throw new InvalidArgumentError(`${unknownId(what, value, known)} (known: ${known.join(', ')})`)
}

export const flags = {
  output: () =>
    oneOf('-o, --output <format>', `format: ${reportFormats.join(', ')}`, 'format', reportFormats),
  config: () => define('--config <file>', 'take flags from a YAML file, by their long names', 'file'),
  verbose: () => define('-v, --verbose', 'say more: every finding and gap, what was read, where a fault is'),
  quiet: () => define('-q, --quiet', 'say nothing beside the data but what went wrong'),
  noColor: () => define('--no-color', 'no colours (as NO_COLOR=1; FORCE_COLOR=1 forces them)'),

  live: () => define('--live', 'look at the cluster of the current context, reading only'),
  kubeconfig: () => define('--kubeconfig <file>', 'look at the cluster of this kubeconfig', 'file'),
  context: () => define('--context <name>', 'look at the cluster of this context'),
  exclude: () => gathered(define('--exclude <glob>', 'leave out files and folders (may be repeated)')),
  helmValues: () =>
    gathered(
      define('--helm-values <file>', 'values for every chart that is rendered (may be repeated)', 'file'),
    ),

  server: () => define('--server <url>', 'send what is seen to this Plimsoll server'),
  askedServer: () => define('--server <url>', 'ask this Plimsoll server'),
  tokenFile: () =>
    define('--token-file <file>', "the server's token for this cluster (or PLIMSOLL_TOKEN)", 'file'),
  serverCa: () => define('--server-ca <file>', "authorities of the server's certificate, as PEM", 'file'),

  benchmark: () =>
    gathered(
      define('-b, --benchmark <id[@edition]>', 'judge by this benchmark (may be repeated)', 'benchmark'),
    ),
  rule: () => gathered(define('-r, --rule <id>', 'run this rule (may be repeated)', 'rule')),
  profile: () => define('--profile <file>', 'which rules and controls are on, with which parameters', 'file'),
  parameter: () =>
    gathered(define('--parameter <rule.name=value>', 'set a parameter of a rule (may be repeated)')),
  kubernetesVersion: () =>
    define('--kubernetes-version <version>', 'judge for this version, such as 1.34').argParser(
      (value: string) => {
        if (parseKubernetesVersion(value)) return value
        throw new InvalidArgumentError('It must be a version such as 1.34.')
      },
    ),
  exceptions: () => define('--exceptions <file>', 'accepted risks, each with owner, reason and end', 'file'),
  baseline: () =>
    define('--baseline <file>', 'an earlier report (-o json): list and count only what is new', 'file'),
  severity: () => oneOf('--severity <least>', 'list findings from this severity on', 'severity', severities),
  failOn: () =>
    oneOf('--fail-on <least>', 'exit 1 for findings from this severity on', 'severity', severities).default(
      'high',
    ),
  only: () =>
    define(
      '--only <outcomes>',
      'list results of these outcomes only, such as fail,error',
      outcomes,
    ).argParser((value: string, before: readonly Outcome[] | undefined) => [
      ...(before ?? []),
      ...value.split(',').map(one => check('outcome', one.trim(), outcomes)),
    ]),
  allowGaps: () => define('--allow-gaps', 'exit 0 also where something could not be looked at'),
  outputFile: () => define('--output-file <file>', 'write the report to a file, whole or not at all', 'file'),
} as const
