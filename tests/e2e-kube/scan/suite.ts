/** Registers test suites that need real kubectl and helm beside real servers, and skips them with one line without. */
import { describe, test } from 'vitest'
import { type KubeCli, kubeCli } from '../../../tools/kube-cli/kube-cli.ts'
import type { ControlPlaneOptions } from '../harness/control-plane.ts'
import { describeWithKubernetes } from '../harness/suite.ts'

export type Tools = Extract<KubeCli, { available: true }>

/** As `describeWithKubernetes`, and hands the tools in. */
export async function describeWithTools(
  title: string,
  options: ControlPlaneOptions,
  body: (options: ControlPlaneOptions, tools: Tools) => void,
): Promise<void> {
  const tools = await kubeCli()
  if (tools.available) {
    await describeWithKubernetes(title, options, own => body(own, tools))
    return
  }
  const why = `${title}: no kubectl and helm (${tools.reason}): ${tools.detail}`
  if (tools.reason === 'install-failed' || process.env.PLIMSOLL_REQUIRE_KUBE === '1') {
    test(title, () => {
      throw new Error(why)
    })
    return
  }
  process.stderr.write(`skipped ${why}\n`)
  describe.skip(title, () => {
    test('needs kubectl and helm', () => {})
  })
}
