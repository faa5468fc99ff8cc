// Component pods: samples of pods that run a component of the control plane, and of pods that only look like it.

import type { Component } from '../../../kube/control-plane/component.ts'
import type { ContainerSpec } from '../../../model/pod-spec.ts'
import type { Resource } from '../../../model/resource.ts'
import type { Example } from '../../../model/rule.ts'
import { operatedApiServer, operatedControllerManager } from '../../../samples/openshift.ts'
import { pod } from '../../../samples/pods.ts'

/** A static pod of kube-system as kubeadm writes it, with one container that runs the component with these flags. */
export function componentPod(
  component: Component,
  flags: readonly string[] = [],
  container: ContainerSpec = {},
): Resource {
  return pod({
    metadata: {
      name: `${component}-node-1`,
      namespace: 'kube-system',
      labels: { component, tier: 'control-plane' },
      annotations: { 'kubernetes.io/config.mirror': '8c1f' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'node-1', controller: true }],
    },
    hostNetwork: true,
    containers: [
      {
        name: component,
        image: `registry.k8s.io/${component}:${component === 'etcd' ? '3.6.5-0' : 'v1.34.4'}`,
        command: [component, ...flags],
        ...container,
      },
    ],
  })
}

export const apiServer = (...flags: readonly string[]): Resource => componentPod('kube-apiserver', flags)
export const controllerManager = (...flags: readonly string[]): Resource =>
  componentPod('kube-controller-manager', flags)
export const scheduler = (...flags: readonly string[]): Resource => componentPod('kube-scheduler', flags)
export const etcd = (...flags: readonly string[]): Resource => componentPod('etcd', flags)

/** The place of the n-th word of the command of such a pod; 1 is the first flag's. */
export const word = (n: number): string => `spec.containers[0].command[${n}]`

/** Pods that a rule about the component says nothing of. */
export function notComponents(component: Component): Readonly<Record<string, Example>> {
  const { metadata, spec } = componentPod(component)
  const other: Component = component === 'etcd' ? 'kube-scheduler' : 'etcd'
  return {
    'an ordinary pod': { given: pod() },
    'a pod of the same name and labels that runs something else': {
      given: componentPod(component, [], { command: ['sleep', 'infinity'] }),
    },
    'another component': { given: componentPod(other) },
    'the program in another namespace: a hosted control plane': {
      given: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: metadata.name ?? '', namespace: 'tenant-a' },
        spec,
      },
    },
  }
}

/** Pods of the component that give one of the flags each by a variable whose value stands elsewhere, so that it cannot be told. */
export function untoldFlags(
  component: Component,
  flags: readonly string[],
): Readonly<Record<string, Example>> {
  const valueFrom = { secretKeyRef: { name: 'settings', key: 'value' } }
  return Object.fromEntries(
    flags.map(flag => [
      `--${flag} by a variable from a Secret`,
      { given: componentPod(component, [`--${flag}=$(SETTING)`], { env: [{ name: 'SETTING', valueFrom }] }) },
    ]),
  )
}

/** Pods of OpenShift whose flags stand in a ConfigMap that is not there. */
export function unreadConfiguration(component: Component): Readonly<Record<string, Example>> {
  const given = {
    'kube-apiserver': operatedApiServer,
    'kube-controller-manager': operatedControllerManager,
  }
  return Object.hasOwn(given, component)
    ? {
        'OpenShift, whose configuration was not read': {
          given: given[component as keyof typeof given](),
        },
      }
    : {}
}

/** A start by a shell script, which no rule reads. */
export const scripted = (component: Component): Resource =>
  componentPod(component, [], { command: ['/bin/sh', '-c', `exec /usr/local/bin/${component} --v=2`] })
