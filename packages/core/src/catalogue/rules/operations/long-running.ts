// Long running: which containers are meant to run until they are stopped, so that probes make sense for them.

import type { Container, PodTemplate } from '../../../model/pod-template.ts'

/**
 * True for a pod that is started again whenever it ends. The pods of Jobs (never restarted, or only when they fail) are done when
 * their work is.
 */
export function runsOn(pod: PodTemplate): boolean {
  const { kind } = pod.resource
  const restart = pod.spec.restartPolicy
  return kind !== 'Job' && kind !== 'CronJob' && (restart === undefined || restart === 'Always')
}

/** True for an ordinary or sidecar container; init and ephemeral containers cannot have probes. */
export const canHaveProbes = ({ role }: Container): boolean => role === 'container' || role === 'sidecar'
