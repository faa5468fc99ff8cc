// SARIF locations: where a resource or its evidence stands, in a file and in the cluster's own terms.

import type { Location, LogicalLocation, PhysicalLocation } from 'sarif'
import type { ResourceEntry } from '../../model/assessment.ts'
import { describeResource } from '../describe.ts'
import type { LinePlace } from '../options.ts'

/** The place of a resource, or of a piece of its evidence where that is known. */
export function locationOf(entry: ResourceEntry, place: Partial<LinePlace> = {}): Location {
  const { source } = entry
  const line = place.line ?? source.line
  const physical = fileLocation(source.file, line === undefined ? undefined : { ...place, line })
  return { ...(physical && { physicalLocation: physical }), logicalLocations: [logical(entry)] }
}

/** A place in a file; undefined for what is no file: standard input, an API server. */
export function fileLocation(file: string, place: LinePlace | undefined): PhysicalLocation | undefined {
  const uri = uriOf(file)
  if (uri === undefined) return undefined
  return {
    artifactLocation: { uri, ...(!uri.startsWith('file:') && { uriBaseId: '%SRCROOT%' }) },
    ...(place && {
      region: { startLine: place.line, ...(place.column !== undefined && { startColumn: place.column }) },
    }),
  }
}

function logical(entry: ResourceEntry): LogicalLocation {
  return { name: describeResource(entry), fullyQualifiedName: entry.key, kind: 'resource' }
}

/** The reference to a file: relative as it was given, `file:` for an absolute path. */
function uriOf(file: string): string | undefined {
  if (file === '-' || file.includes('://')) return undefined
  const parts = file.replace(/^(?:\.\/)+/, '').split('/')
  const escaped = parts.map(part => encodeURIComponent(part.replace(loneSurrogate, '\ufffd'))).join('/')
  return file.startsWith('/') ? `file://${escaped}` : escaped
}

/** encodeURIComponent throws on these. */
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
