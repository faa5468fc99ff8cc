// Prepare asset: reads an asset's pods once, for all rules.

import { checkShape } from '../kube/shapes.ts'
import type { Gap } from '../model/gap.ts'
import type { Resource } from '../model/resource.ts'
import type { Asset } from './assets.ts'
import type { GapIndex } from './gap-index.ts'
import type { PreparedAsset, PreparedPod } from './judge-asset.ts'
import { isUnplaced, type PodReading, podGap, readPods } from './pod-readings.ts'
import type { Soundness } from './soundness.ts'

/** The asset with its pods read; what cannot be decoded is noted as a gap. `inCluster`: what runs is part of the scope. */
export function prepareAsset(
  asset: Asset,
  gaps: GapIndex,
  soundness: Soundness,
  inCluster: boolean,
): PreparedAsset {
  const hidden = podGap(asset, gaps, inCluster)
  const isPlaced = !hidden || !isUnplaced(asset, gaps)
  const pods = readPods(asset, hidden).map(reading =>
    isPlaced ? preparePod(reading, soundness) : lost(reading.resource, hidden, undefined),
  )
  // Its own results say it too; here it is for the sake of the list of gaps.
  for (const { resource } of pods) if (resource.redacted !== undefined) soundness.gapOf(resource)
  if (asset.object?.redacted !== undefined) soundness.gapOf(asset.object)
  const own = asset.object && pods[0]?.resource === asset.object ? pods[0] : undefined
  const broken = own ? own.gap : asset.object && shapeGap(asset.object, soundness)
  return { asset, hidden, pods, broken }
}

function preparePod({ resource, reading, note, isAddition }: PodReading, soundness: Soundness): PreparedPod {
  const gap = reading.ok ? shapeGap(resource, soundness) : soundness.note(resource, reading.problem)
  if (gap || !reading.ok) return lost(resource, gap as Gap, note)
  return { resource, note, isAddition, template: reading.template, gap: undefined }
}

/** A pod of which nothing can be told. */
const lost = (resource: Resource, gap: Gap, note: string | undefined): PreparedPod => ({
  resource,
  note,
  isAddition: undefined,
  template: undefined,
  gap,
})

function shapeGap(resource: Resource, soundness: Soundness): Gap | undefined {
  const problem = checkShape(resource)
  return problem && soundness.note(resource, problem)
}
