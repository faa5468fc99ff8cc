// Credential plugin: runs the command that a kubeconfig names under `exec`, and reads the ExecCredential that it prints.
//
// Why not the client library's: it waits for ever for a plugin that asks something, and does not tell the plugin
// (KUBERNETES_EXEC_INFO) which form of answer and which cluster is meant.

import { isRecord } from '@plimsoll/core'
import { runProgram } from '../program.ts'
import type { Authorization, CredentialContext } from './authorization.ts'
import { text } from './fields.ts'
import type { Target } from './target.ts'

/** A person may have to answer in a browser; a plugin that needs longer is stuck. */
const timeLimit = 120_000
const outputLimit = 1024 * 1024

/** What a plugin gives for a target. Source of the protocol: client-go credential plugins, client.authentication.k8s.io/v1. */
export async function runCredentialPlugin(
  exec: Readonly<Record<string, unknown>>,
  target: Target,
  context: CredentialContext,
): Promise<Authorization> {
  const command = text(exec.command)
  if (command === undefined) return { problem: 'its exec plugin names no command' }
  if (exec.interactiveMode === 'Always')
    return { problem: `its exec plugin ${command} needs a terminal (interactiveMode: Always)` }
  const outcome = await runProgram({
    command,
    args: texts(exec.args),
    environment: { ...context.environment, ...variables(exec.env), ...execInfo(exec, target) },
    timeLimit,
    outputLimit,
    ...(context.signal ? { signal: context.signal } : {}),
  })
  if (!outcome.ok) {
    const hint = text(exec.installHint)
    return { problem: `its exec plugin ${command} ${outcome.problem}${hint ? `; ${hint.trim()}` : ''}` }
  }
  return readCredential(outcome.stdout, command, context.now())
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []

function variables(list: unknown): Record<string, string> {
  const found: Record<string, string> = {}
  for (const item of Array.isArray(list) ? list : [])
    if (isRecord(item) && typeof item.name === 'string' && typeof item.value === 'string')
      found[item.name] = item.value
  return found
}

function execInfo(exec: Readonly<Record<string, unknown>>, target: Target): Record<string, string> {
  const { clusterFields } = target
  const cluster = {
    server: target.server.href,
    ...(target.certificateAuthority === undefined
      ? {}
      : { 'certificate-authority-data': Buffer.from(target.certificateAuthority).toString('base64') }),
    ...(target.insecure ? { 'insecure-skip-tls-verify': true } : {}),
    ...(target.tlsServerName === undefined ? {} : { 'tls-server-name': target.tlsServerName }),
    ...(target.proxyUrl === undefined ? {} : { 'proxy-url': target.proxyUrl }),
    ...extensionOf(clusterFields),
  }
  const info = {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo === true ? { cluster } : {}) },
  }
  return { KUBERNETES_EXEC_INFO: JSON.stringify(info) }
}

/** What a cluster entry holds for its plugin, under an extension of this name. */
function extensionOf(clusterFields: Readonly<Record<string, unknown>>): { config: unknown } | undefined {
  const { extensions } = clusterFields
  for (const item of Array.isArray(extensions) ? extensions : [])
    if (isRecord(item) && item.name === 'client.authentication.k8s.io/exec') return { config: item.extension }
  return undefined
}

function readCredential(stdout: string, command: string, now: Date): Authorization {
  let answer: unknown
  try {
    answer = JSON.parse(stdout)
  } catch {
    return { problem: `its exec plugin ${command} did not print JSON` }
  }
  const status = isRecord(answer) && answer.kind === 'ExecCredential' ? answer.status : undefined
  if (!isRecord(status))
    return { problem: `its exec plugin ${command} printed no ExecCredential with a status` }
  const token = text(status.token)
  const certificate = text(status.clientCertificateData)
  const key = text(status.clientKeyData)
  if (token === undefined && (certificate === undefined || key === undefined))
    return { problem: `its exec plugin ${command} gave neither a token nor a certificate with its key` }
  const expiry = text(status.expirationTimestamp)
  if (expiry !== undefined && Date.parse(expiry) <= now.getTime())
    return { problem: `its exec plugin ${command} gave a credential that expired at ${expiry}; log in again` }
  return {
    ...(token === undefined ? {} : { header: `Bearer ${token}` }),
    ...(certificate === undefined || key === undefined ? {} : { certificate, key }),
  }
}
