// Component: finds the pod in which a component of the control plane runs, and the words that it was started with.
//
// A pod is a component by what it runs, not by what it is called: the program of one of its containers, in a pod of kube-system or in
// a static pod (the ways in which kubeadm, kOps, RKE2, Talos and kubespray run a control plane). A program of the same name in another
// namespace is somebody's hosted control plane, not this cluster's. OpenShift's operators start theirs by scripts, which are read.

import { type KubernetesVersion, parseKubernetesVersion } from '../../model/kubernetes-version.ts'
import type { Container, PodTemplate } from '../../model/pod-template.ts'
import { effectiveTag, parseImageReference } from '../image-reference.ts'
import { isMirrorPod } from '../mirror-pod.ts'
import { findStart } from '../openshift/start-script.ts'
import { type Argument, argumentsOf, variableOf } from './arguments.ts'

export type Component =
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'etcd'
  | 'kube-proxy'

/** How a component was started. */
export interface ComponentProcess {
  readonly component: Component
  readonly container: Container
  /** What follows the program's name. */
  readonly arguments: readonly Argument[]
  /** Why its arguments cannot be told from the pod, where they cannot. */
  readonly hidden: string | undefined
  /** The Kubernetes version that its image is tagged with; undefined for etcd and where the tag says none. */
  readonly version: KubernetesVersion | undefined
  /** Where a further flag belongs and what stands there, where that is not the end of the container’s words. */
  readonly addedAt?: { readonly path: string; readonly actual: unknown; readonly note?: string }
  /** Flags of which, not being given, it cannot be told what holds, and why. */
  readonly open?: Readonly<Record<string, string>>
}

/** Where OpenShift's operators run the control plane, in static pods. */
const openShiftNamespaces = new Set([
  'openshift-etcd',
  'openshift-kube-apiserver',
  'openshift-kube-controller-manager',
  'openshift-kube-scheduler',
])

/** True for a pod of the control plane that OpenShift's operators run. */
export function isOperated(pod: PodTemplate): boolean {
  return openShiftNamespaces.has(pod.namespace ?? '') && isMirrorPod(pod.resource)
}

/** What `hyperkube` calls the components besides their own names. */
const hyperkubeNames: Readonly<Record<Component, string>> = {
  'kube-apiserver': 'apiserver',
  'kube-controller-manager': 'controller-manager',
  'kube-scheduler': 'scheduler',
  'kube-proxy': 'proxy',
  etcd: 'etcd',
}

/** Programs that start the program named after their own flags. */
const launchers = new Set(['dumb-init', 'env', 'go-runner', 'hyperkube', 'nice', 'tini'])
const shells = new Set(['ash', 'bash', 'dash', 'sh'])

/** True where the component runs in this pod; cheap for all pods outside kube-system. */
export function runsComponent(pod: PodTemplate, component: Component): boolean {
  return findProcess(pod, component) !== undefined
}

/** The process of a component in this pod; undefined where it does not run there. */
export function findProcess(pod: PodTemplate, component: Component): ComponentProcess | undefined {
  if (pod.namespace !== 'kube-system' && !isMirrorPod(pod.resource)) return undefined
  for (const container of pod.containers) {
    if (container.role !== 'container') continue
    const process = processOf(container, component, isOperated(pod))
    if (process) return process
  }
  return undefined
}

function processOf(
  container: Container,
  component: Component,
  isOperated: boolean,
): ComponentProcess | undefined {
  if (!mayRun(container, component)) return undefined
  const words = argumentsOf(container)
  const found = (rest: readonly Argument[], hidden?: string): ComponentProcess => ({
    component,
    container,
    arguments: rest,
    hidden,
    version: component === 'etcd' ? undefined : versionOf(container),
  })
  const program = nameOf(words[0])
  if (program === component) return found(words.slice(1))
  if (program !== undefined && shells.has(program) && isOperated) {
    const script = words.at(-1)
    const start = script && findStart(script, component, name => variableOf(container, name))
    if (start)
      return {
        ...found(start.arguments, start.hidden),
        addedAt: { path: script.path, actual: script.written },
        open: component === 'etcd' ? setByScript(start.assigned) : {},
      }
  }
  if (program !== undefined && shells.has(program))
    return words.some(({ text }) => startsProgram(text, component))
      ? found([], `${component} is started by a shell script, which is not read as one`)
      : undefined
  if (program !== undefined && launchers.has(program)) {
    const names = program === 'hyperkube' ? [component, hyperkubeNames[component]] : [component]
    const at = words.findIndex((word, i) => i > 0 && names.includes(nameOf(word) ?? ''))
    return at < 0 ? undefined : found(words.slice(at + 1))
  }
  // The image starts its own program where the pod names none.
  const isImplied = !container.command?.length && (program === undefined || program.startsWith('-'))
  return isImplied && imageName(container) === component ? found(words) : undefined
}

/** etcd takes flags from variables too, among them those that the script that starts it sets. */
function setByScript(assigned: ReadonlySet<string>): Readonly<Record<string, string>> {
  const flags = [...assigned].filter(name => name.startsWith('ETCD_'))
  return Object.fromEntries(
    flags.map(name => [
      name.slice('ETCD_'.length).toLowerCase().replaceAll('_', '-'),
      `${name} is set by the script that starts etcd`,
    ]),
  )
}

/** A first look that costs nothing: whether the component's name stands anywhere that could start it. */
function mayRun({ command, args, image }: Container, component: Component): boolean {
  const names = (text: string) => text.includes(component) || text.includes('hyperkube')
  return (
    (command?.some(names) ?? false) || (args?.some(names) ?? false) || (image?.includes(component) ?? false)
  )
}

const nameOf = (word: Argument | undefined) =>
  word?.text.startsWith('-') ? word.text : word?.text.slice(word.text.lastIndexOf('/') + 1)

/** True where a shell script runs a program of that name: it stands where a command may begin, with or without a path. */
function startsProgram(script: string, program: string): boolean {
  for (
    let at = script.indexOf(program);
    at >= 0 && at < script.length;
    at = script.indexOf(program, at + 1)
  ) {
    const before = script[at - 1]
    const after = script[at + program.length]
    if ((before === undefined || /[\s/;&|(]/.test(before)) && (after === undefined || /[\s;&|)]/.test(after)))
      return true
  }
  return false
}

function imageName({ image = '' }: Container): string | undefined {
  const reading = parseImageReference(image)
  return reading.ok
    ? reading.image.repository.slice(reading.image.repository.lastIndexOf('/') + 1)
    : undefined
}

function versionOf({ image = '' }: Container): KubernetesVersion | undefined {
  const reading = parseImageReference(image)
  return reading.ok ? parseKubernetesVersion(effectiveTag(reading.image) ?? '') : undefined
}
