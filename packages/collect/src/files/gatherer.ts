// Gatherer: takes what readers found in files and makes it resources, gaps and notes of a snapshot.

import {
  type FailedDocument,
  type FoundObject,
  formatPath,
  type Gap,
  type GapReason,
  isRecord,
  type Resource,
  type Source,
  type SourcedResource,
  slimResource,
} from '@plimsoll/core'
import type { FileNote } from './files-request.ts'

/** The file that documents come from. */
export interface Origin {
  /** As the user would type it. */
  readonly file: string
  /** Which of the paths given led to it. */
  readonly root: number
  /** Whether the user named it: then what is no object is a gap. In folders, only broken documents are. */
  readonly named: boolean
  /** For what helm or kustomize made of the file. */
  readonly rendered?: {
    /** The chart's template, as helm names it. */
    readonly template?: string
    /** Documents made of the same file that came before. */
    readonly firstDocument: number
  }
}

interface Place {
  readonly line: number
  readonly column?: number
}

/** Of one file, as many gaps and as many notes are told one by one. */
const mostTold = 100

export class Gatherer {
  readonly resources: SourcedResource[] = []
  readonly gaps: Gap[] = []
  readonly notes: FileNote[] = []
  readonly tally = { files: 0, documents: 0, notKubernetes: 0, rendered: 0 }
  /** Roots that gave a resource or a gap. */
  readonly fruitful = new Set<number>()

  /** A reader for the documents of one file, in their order. */
  openFile(origin: Origin): FileGatherer {
    return new FileGatherer(this, origin)
  }

  gap(root: number, gap: Gap): void {
    this.gaps.push(gap)
    this.fruitful.add(root)
  }
}

export class FileGatherer {
  /** What of this file became resources and gaps. */
  resources = 0
  gaps = 0
  /** Documents seen so far, and the index of the last of them. */
  documents = 0
  private lastIndex = -1
  private notes = 0
  private readonly gatherer: Gatherer
  private readonly origin: Origin

  constructor(gatherer: Gatherer, origin: Origin) {
    this.gatherer = gatherer
    this.origin = origin
  }

  /** Takes an object or a failure. Gives the source of the resource that it became, if it became one. */
  add(document: FoundObject | FailedDocument): Source | undefined {
    if (document.index !== this.lastIndex) {
      this.lastIndex = document.index
      this.documents++
      this.gatherer.tally.documents++
    }
    if ('failure' in document) {
      this.addFailure(document)
      return undefined
    }
    if (isToolFile(document.object)) {
      this.gatherer.tally.notKubernetes++
      return undefined
    }
    return this.addObject(document)
  }

  /** Says, once no more documents come, how much was left untold. */
  close(): void {
    if (this.gaps > mostTold)
      this.gatherer.gap(this.origin.root, {
        scope: this.origin.file,
        reason: 'unparsable',
        detail: `${this.gaps - mostTold} more documents or items of ${this.origin.file} cannot be read`,
      })
  }

  /** Notes that the file, or what stands at a place in it, cannot be read; `why` is a sentence without the place. */
  fail(reason: GapReason, why: string, place?: Place, kind?: string): void {
    if (++this.gaps > mostTold) return
    const { file, root, rendered } = this.origin
    // What was rendered has no lines that the user could look at.
    const { line, column } = rendered || !place ? {} : place
    const at =
      line === undefined ? file : column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`
    this.gatherer.gap(root, {
      scope: file,
      ...(kind === undefined ? {} : { kind }),
      reason,
      detail: `${at}: ${why}`,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    })
  }

  private addFailure({ failure, isForeign }: FailedDocument): void {
    if (isForeign && !this.origin.named) this.gatherer.tally.notKubernetes++
    else this.fail(failure.reason, failure.message, failure)
  }

  private addObject(document: FoundObject): Source | undefined {
    const { file, root, rendered } = this.origin
    const { object, index, item, duplicateKeys } = document
    const fields = object as Record<string, unknown>
    if (fields.metadata === undefined || fields.metadata === null) fields.metadata = {}
    if (!isRecord(fields.metadata)) {
      const { line } = document
      this.fail('unparsable', `the metadata of a ${object.kind} must be a mapping`, { line }, object.kind)
      return undefined
    }
    const source: Source = {
      file,
      document: index + (rendered?.firstDocument ?? 0),
      ...(rendered ? {} : { line: document.line }),
      ...(rendered?.template === undefined ? {} : { template: rendered.template }),
      ...(item.length === 0 ? {} : { item: formatPath(item) }),
    }
    this.gatherer.resources.push({ resource: slimResource(object as unknown as Resource), source })
    this.gatherer.fruitful.add(root)
    this.resources++
    if (!rendered)
      for (const { path, line, column } of duplicateKeys) this.addNote(formatPath(path), line, column)
    return source
  }

  private addNote(path: string, line: number, column: number): void {
    if (++this.notes > mostTold) return
    const message = `the key ${path} comes twice; the last one counts, as for kubectl`
    this.gatherer.notes.push({ file: this.origin.file, line, column, message })
  }
}

/** Files of tools that look like objects and are none of a cluster's: kubeconfigs, which hold credentials, and kustomizations. */
function isToolFile({ apiVersion, kind, ...fields }: FoundObject['object']): boolean {
  if (apiVersion === 'v1' && kind === 'Config') return 'clusters' in fields || 'users' in fields
  return apiVersion.startsWith('kustomize.config.k8s.io/')
}
