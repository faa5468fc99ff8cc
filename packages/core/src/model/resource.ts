// Resource: a Kubernetes object as the API server gives it, less managedFields.

export interface OwnerReference {
  readonly apiVersion?: string
  readonly kind?: string
  readonly name?: string
  readonly uid?: string
  readonly controller?: boolean
}

export interface ObjectMeta {
  readonly name?: string
  readonly generateName?: string
  readonly namespace?: string
  readonly uid?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
  readonly deletionTimestamp?: string
}

/** Any object of any kind. Only `apiVersion`, `kind` and `metadata` are sure; the rest is read through core/kube. */
export interface Resource {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
  readonly [field: string]: unknown
}

/** Where a resource was found. */
export interface Source {
  /** A file path as the user would type it, `-` for standard input, or the API server's URL. */
  readonly file: string
  /** 0-based index of the document inside the file. */
  readonly document: number
  /** 1-based line on which the document (or list item) begins; absent for live objects. */
  readonly line?: number
  /** Path of a list item inside its document, such as `items[3]`; absent where the document is the object. */
  readonly item?: string
  /** The template of a chart that produced it, as far as helm names it. */
  readonly template?: string
}

/** A resource together with its place: what a snapshot holds. */
export interface SourcedResource {
  readonly resource: Resource
  readonly source: Source
}
