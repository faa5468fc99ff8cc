// Find target: picks the cluster and user that a context of the kubeconfig names.

import { resolve } from 'node:path'
import { type Attempt, isRecord, refuse, succeed, unknownId } from '@plimsoll/core'
import type { Environment } from '../collector.ts'
import type { ClusterAddress } from './cluster-request.ts'
import { text } from './fields.ts'
import { inClusterTarget } from './in-cluster.ts'
import {
  addFile,
  type Entry,
  invalid,
  type Kubeconfig,
  kubeconfigFiles,
  newKubeconfig,
} from './kubeconfig.ts'
import { pemOf } from './pem.ts'
import type { Target } from './target.ts'

/**
 * The target that an address names. Nothing is sent: a context, cluster or file that is not there is a problem with the code
 * `invalid-kubeconfig`. Without any kubeconfig file, the service account of the pod that we run in, if we do.
 */
export function findTarget(address: ClusterAddress, environment: Environment): Attempt<Target> {
  const config = newKubeconfig()
  const { files, named } = kubeconfigFiles(address.kubeconfig, environment)
  let found = 0
  for (const file of files) {
    const problem = addFile(config, file)
    if (problem === 'absent') {
      if (address.kubeconfig !== undefined)
        return refuse(invalid(`there is no kubeconfig file ${file}`, file))
    } else if (problem) return refuse(problem)
    else found++
  }
  if (found > 0) return pickContext(config, address.context, files)
  if (address.context === undefined) {
    const target = inClusterTarget(environment)
    if (target) return target
  }
  const places = named ? files.join(', ') : (files[0] ?? '~/.kube/config')
  return refuse(invalid(`no kubeconfig was found at ${places}; name one with --kubeconfig or KUBECONFIG`))
}

function pickContext(
  config: Kubeconfig,
  wanted: string | undefined,
  files: readonly string[],
): Attempt<Target> {
  const names = [...config.contexts.keys()]
  const name = wanted ?? config.currentContext
  if (name === undefined) {
    const choice = names.length === 0 ? 'it has none' : `choose one with --context: ${names.join(', ')}`
    return refuse(invalid(`the kubeconfig ${files.join(', ')} names no current context; ${choice}`))
  }
  const context = config.contexts.get(name)
  if (!context) {
    const known = names.length === 0 ? '; the kubeconfig has no contexts' : ` (known: ${names.join(', ')})`
    return refuse(invalid(`${unknownId('context', name, names)}${names.length > 8 ? '' : known}`))
  }
  const clusterName = text(context.fields.cluster)
  const cluster = clusterName === undefined ? undefined : config.clusters.get(clusterName)
  if (!cluster)
    return refuse(
      invalid(`the context ${name} names the cluster ${clusterName ?? '""'}, which the kubeconfig lacks`),
    )
  const userName = text(context.fields.user) ?? ''
  const user = config.users.get(userName)
  if (userName !== '' && !user)
    return refuse(invalid(`the context ${name} names the user ${userName}, which the kubeconfig lacks`))
  return targetOf(name, clusterName as string, cluster, userName, user)
}

function targetOf(
  context: string,
  clusterName: string,
  cluster: Entry,
  userName: string,
  user: Entry | undefined,
): Attempt<Target> {
  const { fields, folder } = cluster
  const server = text(fields.server)
  const url = server === undefined ? undefined : parseServer(server)
  if (!url)
    return refuse(
      invalid(`the cluster ${clusterName} has no usable server address: ${server ?? 'none is given'}`),
    )
  const authority = pemOf(fields, 'certificate-authority', folder)
  if ('problem' in authority) return refuse(invalid(`the cluster ${clusterName}: ${authority.problem}`))
  const tlsServerName = text(fields['tls-server-name'])
  const proxyUrl = text(fields['proxy-url'])
  return succeed({
    context,
    server: url,
    ...(authority.pem === undefined ? {} : { certificateAuthority: authority.pem }),
    insecure: fields['insecure-skip-tls-verify'] === true,
    ...(tlsServerName === undefined ? {} : { tlsServerName }),
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    clusterFields: fields,
    userName,
    user: user ? withAbsolutePaths(user) : {},
  })
}

/** kubectl takes `host:port` for http, and keeps a path, as servers behind gateways have one. */
function parseServer(server: string): URL | undefined {
  try {
    const url = new URL(server.includes('://') ? server : `http://${server}`)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined
  } catch {
    return undefined
  }
}

function withAbsolutePaths({ fields, folder }: Entry): Record<string, unknown> {
  const user: Record<string, unknown> = { ...fields }
  for (const field of ['client-certificate', 'client-key', 'tokenFile']) {
    const file = text(user[field])
    if (file !== undefined) user[field] = resolve(folder, file)
  }
  // A plugin's command is looked up on PATH, unless it is written as a path.
  const { exec } = user
  const command = isRecord(exec) ? text(exec.command) : undefined
  if (command?.includes('/')) user.exec = { ...(exec as object), command: resolve(folder, command) }
  return user
}
