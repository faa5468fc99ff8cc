// Target: the cluster and the user that a collection speaks to, as a kubeconfig or a pod's service account names them.

/** The cluster and user that a context names. Certificates are PEM text; nothing has been asked of anybody yet. */
export interface Target {
  /** For people: the context's name. */
  readonly context: string
  readonly server: URL
  /** Authorities that the server's certificate must come from; the system's own where absent. */
  readonly certificateAuthority?: string
  readonly insecure: boolean
  readonly tlsServerName?: string
  readonly proxyUrl?: string
  /** The cluster entry as written, for credential plugins that ask for it. */
  readonly clusterFields: Readonly<Record<string, unknown>>
  /** The name of the user entry; empty where the context names none. */
  readonly userName: string
  /** The user entry, with paths made absolute; empty for an anonymous user. */
  readonly user: Readonly<Record<string, unknown>>
}
