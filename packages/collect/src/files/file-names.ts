// File names: what the name of a file or folder says about it.

/** Folders that hold no manifests of one's own: version control, and packages of others. Never walked into. */
export const skippedFolders: ReadonlySet<string> = new Set(['.git', 'node_modules'])

/** Files that folders are searched for. */
export const isManifestName = (name: string): boolean => /\.(?:ya?ml|json)$/i.test(name)

export const chartFile = 'Chart.yaml'

/** The names that kustomize knows, in its order. */
export const kustomizationFiles = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

export const isKustomizationName = (name: string): boolean =>
  (kustomizationFiles as readonly string[]).includes(name)

/** A packaged chart, as helm names it. */
export const isChartArchiveName = (name: string): boolean => name.endsWith('.tgz')
