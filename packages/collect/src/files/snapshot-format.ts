// Snapshot format: how a snapshot is written to a file: JSON lines, a header first, then gaps, then resources.

import {
  type Gap,
  gapReasons,
  isRecord,
  type Resource,
  redact,
  type Scope,
  type Snapshot,
  type SourcedResource,
  slimResource,
} from '@plimsoll/core'

const format = 'plimsoll-snapshot'
/** Raised where older readers could not understand what is written. */
const version = 1

/** How every file of this form begins: no Kubernetes object does. */
const begin = Buffer.from(`{"format":"${format}"`)

export const isSnapshot = (bytes: Buffer): boolean => bytes.subarray(0, begin.length).equals(begin)

/** The lines of a snapshot, each with its line feed. Credentials are not written, wherever the snapshot came from. */
export function* snapshotLines(snapshot: Snapshot): Generator<string> {
  const { scope, collector, takenAt, gaps, resources } = snapshot
  const header = {
    format,
    version,
    collector,
    takenAt,
    scope,
    gaps: gaps.length,
    resources: resources.length,
  }
  yield `${JSON.stringify(header)}\n`
  for (const gap of gaps) yield `${JSON.stringify({ gap })}\n`
  for (const { resource, source } of resources)
    yield `${JSON.stringify({ resource: redact(resource), source })}\n`
}

/** Thrown by the reader: what is wrong, and in which line. */
export class SnapshotError extends Error {
  readonly line: number
  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

interface Header {
  readonly scope: Scope
  readonly collector: Snapshot['collector']
  readonly takenAt: string
  readonly gaps: number
  readonly resources: number
}

/** Puts a snapshot together from its lines. Throws SnapshotError for a form it does not know, a damaged line, a missing end. */
export class SnapshotReader {
  private header: Header | undefined
  private line = 0
  private readonly gaps: Gap[] = []
  private readonly resources: SourcedResource[] = []

  addLine(text: string): void {
    this.line++
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      throw this.error('it is no valid JSON; the file is damaged')
    }
    if (!isRecord(value)) throw this.error('it holds no object')
    if (!this.header) this.header = this.readHeader(value)
    else if ('gap' in value) this.gaps.push(this.readGap(value.gap))
    else this.resources.push(this.readResource(value))
  }

  end(): Snapshot {
    const { header, gaps, resources } = this
    if (!header) throw this.error('it is empty')
    if (gaps.length !== header.gaps || resources.length !== header.resources)
      throw this.error(
        `it has ${resources.length} of ${header.resources} resources and ${gaps.length} of ${header.gaps} gaps: it has been cut off`,
      )
    const { scope, collector, takenAt } = header
    return { scope, collector, takenAt, gaps, resources }
  }

  private error(message: string): SnapshotError {
    return new SnapshotError(message, this.line)
  }

  private readHeader(value: Record<string, unknown>): Header {
    if (value.format !== format) throw this.error('it is no snapshot of Plimsoll')
    if (value.version !== version)
      throw this.error(
        `it is of snapshot version ${JSON.stringify(value.version)}, and this Plimsoll reads version ${version}; use the one that saved it, or save it anew`,
      )
    const { scope, collector, takenAt, gaps, resources } = value
    const isSound =
      isScope(scope) &&
      isRecord(collector) &&
      typeof collector.name === 'string' &&
      typeof collector.version === 'string' &&
      typeof takenAt === 'string' &&
      typeof gaps === 'number' &&
      typeof resources === 'number'
    if (!isSound) throw this.error('its header is damaged')
    return value as unknown as Header
  }

  private readGap(gap: unknown): Gap {
    const isSound =
      isRecord(gap) &&
      typeof gap.scope === 'string' &&
      typeof gap.detail === 'string' &&
      (gapReasons as readonly unknown[]).includes(gap.reason) &&
      isTextOrAbsent(gap.kind) &&
      isTextOrAbsent(gap.namespace)
    if (!isSound) throw this.error('a gap is damaged')
    return gap as unknown as Gap
  }

  private readResource({ resource, source }: Record<string, unknown>): SourcedResource {
    const isSound =
      isRecord(resource) &&
      typeof resource.apiVersion === 'string' &&
      typeof resource.kind === 'string' &&
      isRecord(resource.metadata) &&
      isRecord(source) &&
      typeof source.file === 'string' &&
      typeof source.document === 'number'
    if (!isSound) throw this.error('a resource is damaged')
    // Whoever wrote the file may not have been us.
    return {
      resource: redact(slimResource(resource) as unknown as Resource),
      source,
    } as unknown as SourcedResource
  }
}

const isTextOrAbsent = (value: unknown): boolean => value === undefined || typeof value === 'string'

const isScope = (scope: unknown): boolean =>
  isRecord(scope) &&
  (scope.type === 'files' || scope.type === 'cluster') &&
  typeof scope.id === 'string' &&
  typeof scope.name === 'string' &&
  isTextOrAbsent(scope.kubernetesVersion)
