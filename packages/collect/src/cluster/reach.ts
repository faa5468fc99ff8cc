// Reach: opens a client to the cluster that an address names and sees that an API server answers there.

import { type Attempt, type Problem, refuse, succeed } from '@plimsoll/core'
import type { Collector, Environment, World } from '../collector.ts'
import { ApiClient } from './api-client.ts'
import { type ApiFailure, describeFailure } from './api-failure.ts'
import type { ClusterAddress } from './cluster-request.ts'
import { findTarget } from './find-target.ts'
import { readObject } from './read-object.ts'

export interface ReachRequest extends ClusterAddress {
  readonly environment: Environment
  readonly world: World
  readonly collector: Collector
  readonly signal?: AbortSignal
}

export interface Reached {
  readonly client: ApiClient
  /** Such as `v1.34.4`; undefined where the server would not say. */
  readonly gitVersion: string | undefined
}

/** The caller closes the client. Nothing is sent where the kubeconfig or its context is not there. */
export async function reach(request: ReachRequest): Promise<Attempt<Reached>> {
  const { environment, world, collector, signal } = request
  const target = findTarget(request, environment)
  if (!target.ok) return target
  const opened = await ApiClient.open({ target: target.value, environment, world, collector, signal })
  if (!opened.ok) return opened
  const client = opened.value
  const answer = await client.get('/version', 'application/json', readObject)
  if (answer.ok) {
    const { gitVersion } = answer.value
    if (typeof gitVersion === 'string') return succeed({ client, gitVersion })
  }
  const failure: ApiFailure = answer.ok
    ? {
        type: 'malformed',
        message: 'what answers is no Kubernetes API server: its /version names no version',
      }
    : answer.failure
  // Who is known to the server but may not read its version may still list.
  if (failure.type === 'status' && failure.status === 403) return succeed({ client, gitVersion: undefined })
  client.close()
  return refuse(problemOf(failure, client))
}

function problemOf(failure: ApiFailure, { target }: ApiClient): Problem {
  const { context, server, userName } = target
  if (failure.type === 'login') return { code: 'cluster-auth', message: failure.message }
  if (failure.type === 'status' && failure.status === 401) {
    const who =
      userName === '' ? 'nobody is named as user' : `the credentials of the user ${userName} are not accepted`
    const message = `the API server of the context ${context} asks for a login: ${who} (401); log in again, or check the kubeconfig`
    return { code: 'cluster-auth', message }
  }
  return {
    code: 'cluster-unreachable',
    message: `the API server of the context ${context} at ${server.href.replace(/\/$/, '')} cannot be used: ${describeFailure(failure)}`,
  }
}
