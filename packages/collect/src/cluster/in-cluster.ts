// In cluster: the API server and the service account that Kubernetes gives to the pod that we run in.

import { existsSync, readFileSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { type Attempt, refuse, succeed } from '@plimsoll/core'
import type { Environment } from '../collector.ts'
import type { Target } from './target.ts'

const folder = '/var/run/secrets/kubernetes.io/serviceaccount'

/** The target of the pod's own service account; undefined where we do not run in a pod that has one. */
export function inClusterTarget(environment: Environment, mounted = folder): Attempt<Target> | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment
  const tokenFile = `${mounted}/token`
  if (!host || !port || !existsSync(tokenFile)) return undefined
  let certificateAuthority: string
  try {
    certificateAuthority = readFileSync(`${mounted}/ca.crt`, 'utf8')
  } catch (error) {
    const message = `the service account's certificate authority cannot be read: ${(error as Error).message}`
    return refuse({ code: 'invalid-kubeconfig', message })
  }
  return succeed({
    context: 'in-cluster',
    server: new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`),
    certificateAuthority,
    insecure: false,
    clusterFields: {},
    userName: 'service-account',
    user: { tokenFile },
  })
}
