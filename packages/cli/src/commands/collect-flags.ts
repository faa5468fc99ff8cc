// Collect flags: the options of the agent, as charts and people give them.

import type { LogLevel } from '@plimsoll/collect'
import { InvalidArgumentError, Option } from 'commander'

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent']

export const collectFlags = (): readonly Option[] => [
  new Option('--server <url>', 'send what is seen to this Plimsoll server'),
  new Option('--token-file <file>', "the enrolment's token; read again as it changes"),
  new Option('--ca-file <file>', "authorities of the server's certificate, as PEM; read again as it changes"),
  new Option('--proxy <url>', 'proxy on the way to the server (else HTTPS_PROXY or HTTP_PROXY)'),
  new Option('--no-proxy <list>', 'hosts that are reached without it, with commas (else NO_PROXY)'),
  new Option('--spool <folder>', 'folder for what waits to be sent'),
  new Option('--listen <address:port>', 'answer /healthz, /readyz and /metrics there'),
  new Option(
    '--lease-namespace <namespace>',
    'namespace of the Lease by which one of several replicas leads',
  ),
  new Option('--lease-name <name>', 'name of that Lease'),
  new Option('--resync <duration>', 'how often everything is looked at anew, such as 4h or 30m')
    .default(4 * 3_600_000, '4h')
    .argParser((text: string) => {
      const duration = parseDuration(text)
      if (duration === undefined) throw new InvalidArgumentError('It must be a duration such as 4h or 30m.')
      return duration
    }),
  new Option(
    '--slices <list>',
    'parts of the API to look at, with commas; what does not name cluster is added to the usual ones',
  ).default(''),
  new Option('--cluster-name <name>', 'how people call the cluster'),
  new Option('--environment <name>', 'where the cluster belongs, such as production'),
  new Option(
    '--label <key=value>',
    'a label of the cluster, by which zones may choose it (may be repeated)',
  ).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]),
  new Option('--log-level <level>', levels.join(', ')).choices(levels).default('info'),
]

/** Milliseconds of a duration as Go writes them, such as `4h` or `1h30m`; undefined for what is none, or no time at all. */
export function parseDuration(text: string): number | undefined {
  const [, hours, minutes, seconds] = /^(?:(\d{1,5})h)?(?:(\d{1,7})m)?(?:(\d{1,9})s)?$/.exec(text) ?? []
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
  // Timers take no more than this.
  return total > 0 && total * 1000 < 2 ** 31 ? total * 1000 : undefined
}
