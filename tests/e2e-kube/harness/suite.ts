/** Registers test suites that need real Kubernetes servers, and skips them with one line where those cannot be had. */
import { describe, test } from 'vitest'
import { binariesFor, type ControlPlaneOptions } from './control-plane.ts'

/**
 * `describe`, after the binaries that `options` ask for are there (the first time this builds them). Without Go and
 * without cached binaries the suite is skipped; with PLIMSOLL_REQUIRE_KUBE=1, or when a build fails, it fails.
 */
export async function describeWithKubernetes(
  title: string,
  options: ControlPlaneOptions,
  body: (options: ControlPlaneOptions) => void,
): Promise<void> {
  const binaries = await binariesFor(options)
  if (binaries.available) {
    describe(title, () => body(options))
    return
  }
  const why = `${title}: no Kubernetes servers (${binaries.reason}): ${binaries.detail}`
  if (binaries.reason === 'build-failed' || process.env.PLIMSOLL_REQUIRE_KUBE === '1') {
    test(title, () => {
      throw new Error(why)
    })
    return
  }
  process.stderr.write(`skipped ${why}\n`)
  describe.skip(title, () => {
    test('needs Kubernetes servers', () => {})
  })
}
