/** Writes kubeconfigs that log in in one way or another. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Login {
  /** Fields of the cluster entry: server, certificate-authority, … */
  readonly cluster: object
  /** Fields of the user entry: token, exec, client-certificate-data, … */
  readonly user: object
}

/** A kubeconfig in the folder with one context, named like the file. Gives its path. */
export async function writeLogin(folder: string, name: string, { cluster, user }: Login): Promise<string> {
  const file = join(folder, `${name}.kubeconfig`)
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  }
  await writeFile(file, JSON.stringify(config), { mode: 0o600 })
  return file
}
