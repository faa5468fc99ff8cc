// Kustomization: builds a kustomization with the real kubectl.

import type { KustomizationInput } from '../files/input.ts'
import { remotePartsOf } from './kustomization-file.ts'
import { type Rendered, shorten } from './rendered.ts'
import type { Sandbox } from './sandbox.ts'
import type { Tool } from './tools.ts'

/** Builds a kustomization; one that would have to fetch something is not built. Never rejects. */
export async function renderKustomization(
  input: KustomizationInput,
  kubectl: Tool,
  sandbox: Sandbox,
  signal?: AbortSignal,
): Promise<Rendered> {
  const remote = remotePartsOf(input.real)
  if (remote.length > 0) {
    const why = `it is built on what stands elsewhere (${remote.slice(0, 3).join(', ')}), and nothing is fetched here`
    return {
      type: 'not-rendered',
      why: `${why}; pipe \`kubectl kustomize ${input.path}\` to - to have it read`,
    }
  }
  if ('missing' in kubectl)
    return {
      type: 'not-rendered',
      why: `${kubectl.missing}; install kubectl, or build it yourself and pipe that to -`,
    }
  const outcome = await sandbox.run(kubectl.path, ['kustomize', input.real], signal)
  if (outcome.ok) return { type: 'rendered', texts: [{ text: outcome.stdout, file: input.file }] }
  const complaint = outcome.stderr.trim() === '' ? outcome.problem : shorten(outcome.stderr)
  return { type: 'not-rendered', why: `kubectl kustomize says: ${complaint}` }
}
