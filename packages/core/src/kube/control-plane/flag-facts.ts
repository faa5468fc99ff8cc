// Flag facts: the flags that rules read of each component: what they hold, and what it means that they are not given.
//
// Sources: the flag definitions and defaults of k8s.io/kubernetes and k8s.io/apiserver 1.13, 1.21, 1.24 and 1.29 to 1.37
// (pkg/kubeapiserver/options, apiserver pkg/server/options, cmd/*/app/options), the components' own --help, and of
// go.etcd.io/etcd/server 3.6 and 3.7 (embed/config.go).

import { isFrom, type KubernetesVersion } from '../../model/kubernetes-version.ts'
import type { Component } from './component.ts'

/** `list`: given again, it grows; `array`: the same, and a comma is no divider. */
export type FlagType = 'boolean' | 'number' | 'text' | 'duration' | 'list' | 'array' | 'map'

export interface FlagFact {
  readonly type: FlagType
  /** As it would be written; from a minor version on another, where it changed. */
  readonly default: string
  readonly since?: readonly (readonly [minor: number, value: string])[]
  /** The flag of a file that decides where this one is not given. */
  readonly orFile?: string
  /** The flag of a file for whose sake this one is ignored. */
  readonly ignoredWith?: string
}

const text: FlagFact = { type: 'text', default: '' }
const list: FlagFact = { type: 'list', default: '' }
const off: FlagFact = { type: 'boolean', default: 'false' }
const on: FlagFact = { type: 'boolean', default: 'true' }

const serving = {
  'tls-cert-file': text,
  'tls-cipher-suites': list,
  'tls-min-version': text,
  'tls-private-key-file': text,
} as const

const apiServer: Readonly<Record<string, FlagFact>> = {
  ...serving,
  'admission-control': list,
  'admission-control-config-file': text,
  'anonymous-auth': { ...on, orFile: 'authentication-config' },
  'audit-log-maxage': { type: 'number', default: '0', since: [[36, '366']] },
  'audit-log-maxbackup': { type: 'number', default: '0', since: [[36, '100']] },
  // Until 1.35 the flag was 0, and that meant the 100 of the library that rotates (lumberjack); since then 0 means no rotation.
  'audit-log-maxsize': { type: 'number', default: '100' },
  'audit-log-path': text,
  'audit-policy-file': text,
  'audit-webhook-config-file': text,
  'authentication-config': text,
  'authentication-token-webhook-config-file': text,
  'authorization-config': text,
  'authorization-mode': { type: 'list', default: 'AlwaysAllow', orFile: 'authorization-config' },
  // Gone with 1.19.
  'basic-auth-file': text,
  'client-ca-file': text,
  'disable-admission-plugins': list,
  'enable-admission-plugins': list,
  'enable-priority-and-fairness': on,
  'encryption-provider-config': text,
  'etcd-cafile': text,
  'etcd-certfile': text,
  'etcd-keyfile': text,
  'etcd-servers': list,
  'feature-gates': { type: 'map', default: '' },
  // Gone with 1.24.
  'insecure-bind-address': { type: 'text', default: '127.0.0.1' },
  // Gone with 1.24; from 1.20 on it took nothing but 0.
  'insecure-port': { type: 'number', default: '8080', since: [[20, '0']] },
  'kubelet-certificate-authority': text,
  'kubelet-client-certificate': text,
  'kubelet-client-key': text,
  'kubelet-https': on,
  'min-request-timeout': { type: 'number', default: '1800' },
  'oidc-issuer-url': text,
  profiling: on,
  'request-timeout': { type: 'duration', default: '1m0s' },
  'runtime-config': { type: 'map', default: '' },
  'secure-port': { type: 'number', default: '6443' },
  'service-account-extend-token-expiration': on,
  'service-account-key-file': { type: 'array', default: '' },
  'service-account-lookup': on,
  'service-account-signing-endpoint': text,
  'token-auth-file': text,
}

// Kubernetes 1.22 (controller manager) and 1.23 (scheduler) serve nothing without TLS and rights any more.
const insecurePort = (port: string, goneWith: number): FlagFact => ({
  type: 'number',
  default: port,
  since: [[goneWith, '0']],
})
const openPaths: FlagFact = { type: 'list', default: '/healthz,/readyz,/livez' }

const controllerManager: Readonly<Record<string, FlagFact>> = {
  ...serving,
  'authorization-always-allow-paths': openPaths,
  'bind-address': { type: 'text', default: '0.0.0.0' },
  'feature-gates': { type: 'map', default: '' },
  port: insecurePort('10252', 22),
  profiling: on,
  'root-ca-file': text,
  'service-account-private-key-file': text,
  'terminated-pod-gc-threshold': { type: 'number', default: '12500' },
  'use-service-account-credentials': off,
}

const scheduler: Readonly<Record<string, FlagFact>> = {
  ...serving,
  'authorization-always-allow-paths': openPaths,
  'bind-address': { type: 'text', default: '0.0.0.0' },
  config: text,
  port: insecurePort('10251', 23),
  profiling: { ...on, ignoredWith: 'config' },
}

const proxy: Readonly<Record<string, FlagFact>> = {
  config: text,
  'metrics-bind-address': { type: 'text', default: '127.0.0.1:10249' },
}

const inNoFile = { ignoredWith: 'config-file' } as const
const etcd: Readonly<Record<string, FlagFact>> = {
  'auto-tls': { ...off, ...inNoFile },
  'cert-file': { ...text, ...inNoFile },
  'client-cert-auth': { ...off, ...inNoFile },
  'config-file': text,
  'key-file': { ...text, ...inNoFile },
  'listen-client-urls': { type: 'text', default: 'http://localhost:2379', ...inNoFile },
  'listen-peer-urls': { type: 'text', default: 'http://localhost:2380', ...inNoFile },
  'peer-auto-tls': { ...off, ...inNoFile },
  'peer-cert-file': { ...text, ...inNoFile },
  'peer-client-cert-auth': { ...off, ...inNoFile },
  'peer-key-file': { ...text, ...inNoFile },
  'peer-trusted-ca-file': { ...text, ...inNoFile },
  'trusted-ca-file': { ...text, ...inNoFile },
}

const facts: Readonly<Record<Component, Readonly<Record<string, FlagFact>>>> = {
  'kube-apiserver': apiServer,
  'kube-controller-manager': controllerManager,
  'kube-scheduler': scheduler,
  'kube-proxy': proxy,
  etcd,
}

/** What is known of a flag; undefined for one that no rule reads. */
export function findFlagFact(component: Component, flag: string): FlagFact | undefined {
  return Object.hasOwn(facts[component], flag) ? facts[component][flag] : undefined
}

/** What holds where a flag is not given, in that version. */
export function defaultOf({ default: first, since = [] }: FlagFact, version: KubernetesVersion): string {
  let value = first
  for (const [minor, later] of since) if (isFrom(version, minor)) value = later
  return value
}
