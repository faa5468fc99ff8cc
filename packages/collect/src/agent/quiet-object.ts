// Quiet object: leaves out of an object what changes all the time and says nothing of posture, so that only changes that matter are sent.

import { isRecord, type Resource } from '@plimsoll/core'

type Fields = Record<string, unknown>

/** Annotations by which controllers count, elect or take notes, each many times an hour. */
const noisyAnnotations = [
  'control-plane.alpha.kubernetes.io/leader',
  'autoscaling.alpha.kubernetes.io/conditions',
  'autoscaling.alpha.kubernetes.io/current-metrics',
  'autoscaling.alpha.kubernetes.io/behavior',
  'endpoints.kubernetes.io/last-change-trigger-time',
  'deployment.kubernetes.io/desired-replicas',
  'flannel.alpha.coreos.com/backend-data',
  'csi.volume.kubernetes.io/nodeid',
  'volumes.kubernetes.io/controller-managed-attach-detach',
]

/** ConfigMaps of controllers that rewrite them every few seconds: what they say is no setting. Their data is left out. */
const noisyConfigMaps = new Set(['kube-system/cluster-autoscaler-status', 'kube-system/cluster-kubestore'])

/** What is kept of status by kind; of kinds that are not named all of it is, since rules and people may read it. */
const keptStatus: Readonly<Record<string, (status: Fields) => Fields | undefined>> = {
  Pod: ({ phase, qosClass, containerStatuses, initContainerStatuses, ephemeralContainerStatuses }) => ({
    ...defined({ phase, qosClass }),
    ...images({ containerStatuses, initContainerStatuses, ephemeralContainerStatuses }),
  }),
  Node: ({ addresses, nodeInfo, capacity }) => defined({ addresses, nodeInfo, capacity }),
  DaemonSet: ({ desiredNumberScheduled }) => defined({ desiredNumberScheduled }),
  Deployment: nothing,
  ReplicaSet: nothing,
  ReplicationController: nothing,
  StatefulSet: nothing,
  Job: nothing,
  CronJob: nothing,
  HorizontalPodAutoscaler: nothing,
  PodDisruptionBudget: nothing,
  ResourceQuota: nothing,
  Rollout: nothing,
}

/**
 * The object without its version numbers, notes of controllers, and noise in its status. Takes a slimmed object and changes it in place;
 * gives the same object back.
 */
export function quiet(resource: Resource): Resource {
  const object = resource as unknown as Fields
  const { kind, apiVersion } = resource
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  object.metadata = quietMetadata(object.metadata as Fields)
  const keep = keptStatus[kind]
  if (keep && isRecord(object.status)) {
    const kept = keep(object.status)
    if (kept && Object.keys(kept).length > 0) object.status = kept
    else delete object.status
  }
  // Each audit, once a minute, writes what it found.
  if (group === 'constraints.gatekeeper.sh') delete object.status
  if (kind === 'ConfigMap' && group === '') {
    const { namespace, name } = resource.metadata
    if (noisyConfigMaps.has(`${namespace}/${name}`)) delete object.data
  }
  return resource
}

function quietMetadata({ resourceVersion: _v, selfLink: _l, ...kept }: Fields): Fields {
  const { annotations } = kept
  if (isRecord(annotations) && noisyAnnotations.some(name => name in annotations))
    kept.annotations = Object.fromEntries(
      Object.entries(annotations).filter(([name]) => !noisyAnnotations.includes(name)),
    )
  return kept
}

/** Names, images and digests of what runs; not how often it was started again. */
function images(lists: Readonly<Record<string, unknown>>): Fields {
  const kept: Fields = {}
  for (const [name, list] of Object.entries(lists)) {
    if (!Array.isArray(list)) continue
    const own = list
      .filter(isRecord)
      .map(({ name: container, image, imageID }) => defined({ name: container, image, imageID }))
      .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1))
    if (own.length > 0) kept[name] = own
  }
  return kept
}

function nothing(): undefined {}

const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
