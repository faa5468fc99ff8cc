// Reading routes: all that reads, put together over one view of the catalogue.

import { findingCountsOf } from '../../services/read/count-findings.ts'
import { keptCountsOf } from '../../services/read/kept-counts.ts'
import { postureOf } from '../../services/read/posture.ts'
import type { Reading } from '../../services/read/reading.ts'
import { ruleSectionsOf } from '../../services/read/rule-sections.ts'
import type { Route } from '../route.ts'
import { clusterRoutes } from './clusters.ts'
import { complianceRoutes } from './compliance.ts'
import { findingRoutes } from './findings.ts'
import { overviewRoutes } from './overview.ts'
import { queryRoutes } from './query.ts'
import { resourceRoutes } from './resources.ts'
import { ruleRoutes } from './rules.ts'

export function readingRoutes(reading: Reading): Route[] {
  const posture = postureOf(reading)
  const sections = ruleSectionsOf(reading.editions, reading.rules.values())
  const counts = findingCountsOf(reading.db, keptCountsOf(reading.db), sections)
  return [
    ...overviewRoutes(reading, posture, counts),
    ...findingRoutes(reading, counts, sections),
    ...resourceRoutes(reading),
    ...clusterRoutes(reading),
    ...complianceRoutes(reading, posture),
    ...ruleRoutes(reading),
    ...queryRoutes(reading),
  ]
}
