// Document: an object that was found in a text, or what stands in its place.

import type { PathSegments } from '../path.ts'
import type { Failure } from './failure.ts'
import type { KubeObject } from './kube-object.ts'
import type { DuplicateKey } from './reading.ts'

interface Position {
  /** 0-based index of the document in its text; documents that hold nothing do not count. */
  readonly index: number
  /** Path of the object inside its document, such as `items[3]`; empty where the document is the object. */
  readonly item: PathSegments
}

/** A Kubernetes object that was read. */
export interface FoundObject extends Position {
  readonly object: KubeObject
  /** Keys that come twice in the object, with paths from the object; the last value counts. */
  readonly duplicateKeys: readonly DuplicateKey[]
  /** 1-based line on which the object begins. */
  readonly line: number
}

/** A document, an item of a list, or the rest of a text, that is no Kubernetes object. */
export interface FailedDocument extends Position {
  readonly failure: Failure
  /** True for a whole document that was read and does not claim to be an object: it lacks apiVersion or kind. */
  readonly isForeign?: true
}
