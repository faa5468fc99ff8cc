// Long running: which containers are meant to run until they are stopped, so that probes make sense for them.

import type { Container, PodTemplate } from '../../../model/pod-template.ts'

/**
 * The ordinary and sidecar containers of a pod that is started again whenever it ends. Init and ephemeral containers cannot have
 * probes, and the pods of Jobs (never restarted, or only when they fail) are done when their work is.
 */
export function longRunningContainers(pod: PodTemplate): readonly Container[] {
  if (pod.resource.kind === 'Job' || pod.resource.kind === 'CronJob') return []
  const restart = pod.spec.restartPolicy
  if (restart !== undefined && restart !== 'Always') return []
  return pod.containers.filter(({ role }) => role === 'container' || role === 'sidecar')
}
