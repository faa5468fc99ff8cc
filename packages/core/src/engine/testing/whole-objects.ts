// Whole objects: an object of each kind with every field that rules may read, made from the shapes themselves, so that no new field is left out.

import { childPath, formatPath } from '../../kube/path.ts'
import { makesPods } from '../../kube/pod-template.ts'
import { kindShapes } from '../../kube/shapes.ts'
import { podSpecShape, templateMetadataShape } from '../../model/pod-spec.ts'
import type { Resource } from '../../model/resource.ts'
import type { Shape, ShapeForm } from '../../model/shape.ts'

/** Kinds that make pods are those only in their own groups; for others the core group does as well as any that Kubernetes serves. */
const versions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
}

/** Texts that lead rules further than an `x` would, by the field's name. */
const texts: Readonly<Record<string, string>> = {
  image: 'registry.example.com/shop/app:1.4.2',
  restartPolicy: 'Always',
  protocol: 'TCP',
  type: 'Container',
  kind: 'ServiceAccount',
  operator: 'Exists',
  path: '/var/run',
  mountPath: '/var/run',
  mountPropagation: 'Bidirectional',
  hostIP: '0.0.0.0',
}

/** An object with the forms of its fields, by their paths. */
export interface WholeObject {
  readonly resource: Resource
  readonly forms: ReadonlyMap<string, ShapeForm>
  /** Where its pod template's spec is; empty where it has none. */
  readonly templatePath: string
}

/** The kinds of which rules read more than metadata. */
export const wholeKinds: readonly string[] = [...new Set(['Pod', 'PodTemplate', ...kindShapes.keys()])]

/**
 * An object of a kind with every field of its shape and of the pod template, one item in each list and one entry in each map.
 * `on` is what booleans say.
 */
export function wholeObject(name: string, on: boolean): WholeObject {
  const [kind = '', ...group] = name.split('.')
  const apiVersion = group.length > 0 ? `${group.join('.')}/v1` : (versions[kind] ?? 'v1')
  const forms = new Map<string, ShapeForm>()
  const shape = kindShapes.get(name)
  const own = shape ? (wholeValue(shape, on, '', '', forms) as Record<string, unknown>) : {}
  const resource: Resource = { apiVersion, kind, metadata: { name: 'web', namespace: 'shop' }, ...own }
  const templatePath = makesPods(resource) ? putPod(resource, on, forms) : ''
  for (const path of ['', 'metadata']) forms.delete(path)
  return { resource, forms, templatePath }
}

function wholeValue(
  { form }: Shape<unknown>,
  on: boolean,
  path: string,
  field: string,
  forms: Map<string, ShapeForm>,
): unknown {
  forms.set(path, form)
  if (typeof form === 'string') return leafOf(form, on, field)
  if ('items' in form) return [wholeValue(form.items, on, childPath(path, 0), field, forms)]
  if ('entries' in form) return { cpu: wholeValue(form.entries, on, childPath(path, 'cpu'), field, forms) }
  const fields = [...form.fields].map(([name, shape]) => {
    return [name, wholeValue(shape, on, childPath(path, name), name, forms)] as const
  })
  return Object.fromEntries(fields)
}

function leafOf(form: ShapeForm & string, on: boolean, field: string): unknown {
  if (form === 'boolean') return on
  if (form === 'integer') return on ? 1 : 0
  if (form === 'number or string') return on ? 80 : '80'
  if (form === 'anything') return {}
  return texts[field] ?? 'x'
}

const templateAt: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
}

/** Puts a whole pod template where the kind has it, over what the kind's own shape says of its labels. Gives the path of its spec. */
function putPod(resource: Resource, on: boolean, forms: Map<string, ShapeForm>): string {
  const place = templateAt[resource.kind] ?? ['spec', 'template']
  let holder = resource as Record<string, unknown>
  for (const field of place) {
    holder[field] ??= {}
    holder = holder[field] as Record<string, unknown>
  }
  const path = formatPath(place)
  const metadata = wholeValue(templateMetadataShape, on, childPath(path, 'metadata'), '', forms) as object
  holder.metadata = { ...(holder.metadata as object | undefined), ...metadata }
  const spec = wholeValue(podSpecShape, on, childPath(path, 'spec'), '', forms) as object
  holder.spec = { ...spec, os: { name: 'linux' } }
  return childPath(path, 'spec')
}
