// Cluster plan: what a cluster of the sample fleet is, and what happens to it over the weeks.

/** What is wrong with an application, as its author left it. */
export type Flaw =
  | 'privileged'
  | 'host-path'
  | 'host-network'
  | 'runs-as-root'
  | 'latest-tag'
  | 'no-limits'
  | 'no-probes'
  | 'added-capability'
  | 'token-mounted'

export interface App {
  readonly name: string
  readonly namespace: string
  readonly team: string
  readonly image: string
  readonly replicas: number
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob'
  readonly flaws: readonly Flaw[]
  /** A role of the cluster that its account is bound to. */
  readonly clusterRole?: string
}

/** What a cluster holds at one time. */
export interface ClusterState {
  readonly apps: readonly App[]
  /** Namespaces whose traffic a policy limits. */
  readonly isolated: readonly string[]
  readonly version: string
  /** Kinds that its collector may not list. */
  readonly forbidden: readonly string[]
}

export interface HouseException {
  readonly id: string
  readonly rules: readonly string[]
  readonly namespaces: readonly string[]
  readonly owner: string
  readonly reason: string
  readonly comment: string
  /** Days from the end of the history to its last day. */
  readonly holdsFor: number
}

export interface Happening {
  /** Days before the end of the history. */
  readonly daysAgo: number
  /** What its collector then sees; the same state says that it was heard of, and no more. */
  readonly change?: (before: ClusterState) => ClusterState
  readonly exception?: HouseException
}

export interface ClusterPlan {
  readonly id: string
  readonly name: string
  readonly environment: string
  readonly provider?: 'eks' | 'gke' | 'aks' | 'openshift'
  readonly distribution?: string
  readonly region: string
  readonly account: string
  readonly nodes: number
  readonly begin: ClusterState
  /** From the longest ago to the last. */
  readonly history: readonly Happening[]
  /** True where nothing was heard of it since the last of these. */
  readonly isSilent?: true
}

const changeApp =
  (name: string, change: (app: App) => App) =>
  (state: ClusterState): ClusterState => ({
    ...state,
    apps: state.apps.map(app => (app.name === name ? change(app) : app)),
  })

/** An application is mended of these flaws. */
export const mend = (name: string, ...flaws: readonly Flaw[]) =>
  changeApp(name, app => ({ ...app, flaws: app.flaws.filter(flaw => !flaws.includes(flaw)) }))
/** A release of an application brings these flaws. */
export const spoil = (name: string, ...flaws: readonly Flaw[]) =>
  changeApp(name, app => ({ ...app, flaws: [...new Set([...app.flaws, ...flaws])] }))
export const release = (name: string, image: string) => changeApp(name, app => ({ ...app, image }))
export const install =
  (...apps: readonly App[]) =>
  (state: ClusterState): ClusterState => ({ ...state, apps: [...state.apps, ...apps] })
export const uninstall =
  (name: string) =>
  (state: ClusterState): ClusterState => ({ ...state, apps: state.apps.filter(app => app.name !== name) })
export const isolate =
  (...namespaces: readonly string[]) =>
  (state: ClusterState): ClusterState => ({ ...state, isolated: [...state.isolated, ...namespaces] })
export const upgrade =
  (version: string) =>
  (state: ClusterState): ClusterState => ({ ...state, version })
export const forbid =
  (...kinds: readonly string[]) =>
  (state: ClusterState): ClusterState => ({ ...state, forbidden: kinds })
/** Several changes seen at once. */
export const together =
  (...changes: readonly ((before: ClusterState) => ClusterState)[]) =>
  (state: ClusterState): ClusterState =>
    changes.reduce((now, change) => change(now), state)
