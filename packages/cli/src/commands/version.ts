// Version: `plimsoll version`: what is running.

import type { ExitCode, GlobalFlags, Kit } from './kit.ts'

/** Says name and version; with `-o json` also those of Node. */
export async function version(
  { host, tool }: Kit,
  nodeVersion: string,
  flags: GlobalFlags,
): Promise<ExitCode> {
  const text =
    flags.output === 'json' ? JSON.stringify({ ...tool, node: nodeVersion }) : `${tool.name} ${tool.version}`
  await host.out.write(`${text}\n`)
  return 0
}
