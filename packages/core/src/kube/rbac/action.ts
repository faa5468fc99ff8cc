// Action: what somebody asks of the API server, as its authorizer sees it.

/** A request for a resource. Texts compare exactly, as in the API server: nothing here is a pattern. */
export interface ResourceAction {
  readonly verb: string
  /** API group; empty for the core group. */
  readonly group: string
  /** Plural and in lower case: `pods`. */
  readonly resource: string
  readonly subresource?: string
  /** Absent where the request names no object: list, watch, deletecollection, and create of anything but a subresource. */
  readonly name?: string
  /** Absent for cluster-wide resources, and for requests over all namespaces. */
  readonly namespace?: string
}

/** A request for a path that is no resource, such as `/metrics`. */
export interface UrlAction {
  /** In lower case: `get`. */
  readonly verb: string
  readonly url: string
}

export type Action = ResourceAction | UrlAction
