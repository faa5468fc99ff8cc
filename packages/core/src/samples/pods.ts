// Samples of pods: small resources for the examples of rules, built from what makes each of them special.

import type { ContainerSpec, PodSpec } from '../model/pod-spec.ts'
import type { ObjectMeta, Resource } from '../model/resource.ts'

type Parts = PodSpec & { readonly metadata?: ObjectMeta }

/** A container named `app` (or as given) with a pinned image. */
export function container(own: ContainerSpec = {}): ContainerSpec {
  return { name: 'app', image: 'registry.example.com/app:1.4.2', ...own }
}

/** A Pod with the containers given, or with one plain container: `podWith({ securityContext: { privileged: true } })`. */
export function podWith(...containers: readonly ContainerSpec[]): Resource {
  return pod({ containers: numbered(containers) })
}

/** A Pod with the spec given; it has one plain container unless it brings its own. */
export function pod(parts: Parts = {}): Resource {
  const { metadata, ...spec } = parts
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', ...metadata },
    spec: { containers: [container()], ...spec },
  }
}

/** A Pod with one plain container and the init containers given. */
export function podWithInit(...containers: readonly ContainerSpec[]): Resource {
  return pod({ initContainers: numbered(containers, 'init') })
}

/** A Pod with one plain container and the ephemeral containers given. */
export function podWithEphemeral(...containers: readonly ContainerSpec[]): Resource {
  return pod({ ephemeralContainers: numbered(containers, 'debug') })
}

/** A Deployment whose template has the pod spec given. */
export function deployment(parts: Parts = {}): Resource {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: template(parts, { app: 'web' }),
    },
  }
}

/** A CronJob whose template has the pod spec given. */
export function cronJob(parts: Parts = {}): Resource {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly', namespace: 'shop' },
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: template(parts, { app: 'nightly' }) } } },
  }
}

function template(parts: Parts, labels: Record<string, string>) {
  const { metadata, ...spec } = parts
  return { metadata: { labels, ...metadata }, spec: { containers: [container()], ...spec } }
}

function numbered(containers: readonly ContainerSpec[], name = 'app'): ContainerSpec[] {
  const given = containers.length === 0 ? [{}] : containers
  return given.map((own, i) => container({ name: i === 0 ? name : `${name}-${i + 1}`, ...own }))
}
