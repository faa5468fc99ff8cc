// All migrations, in order.

import { migration as clustersAndObjects } from './0001-clusters-and-objects.ts'
import { migration as assessments } from './0002-assessments.ts'
import { migration as access } from './0003-access.ts'
import { migration as decisions } from './0004-decisions.ts'
import { migration as jobs } from './0005-jobs.ts'
import { migration as countsAndIndexes } from './0006-counts-and-indexes.ts'
import { migration as absencesAndTheSample } from './0007-absences-and-the-sample.ts'
import { migration as packs } from './0008-packs.ts'
import { migration as fewerIndexes } from './0009-fewer-indexes.ts'
import { migration as clustersThroughTime } from './0010-clusters-through-time.ts'
import { migration as touchedFindings } from './0011-touched-findings.ts'
import type { Migration } from './migration.ts'

export const migrations: readonly Migration[] = [
  clustersAndObjects,
  assessments,
  access,
  decisions,
  jobs,
  countsAndIndexes,
  absencesAndTheSample,
  packs,
  fewerIndexes,
  clustersThroughTime,
  touchedFindings,
]
