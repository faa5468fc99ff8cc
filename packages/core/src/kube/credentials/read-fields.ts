// Read fields: the fields of each kind that rules read as they are, so that a credential taken out of one hides something.
//
// They are those of the shapes, less the places where a rule reads texts only to find credentials, or reads words among others: what is
// taken out there leaves a note that such rules understand.

import { podSpecShape, templateMetadataShape } from '../../model/pod-spec.ts'
import type { Resource } from '../../model/resource.ts'
import type { Shape } from '../../model/shape.ts'
import { assetKind } from '../asset-key.ts'
import { podKinds, templatePath } from '../pod-template.ts'
import { kindShapes } from '../shapes.ts'

/** `value`: it is read, with all that is in it. Else what of its fields, or of each of its items or entries, is; undefined: nothing is. */
export type ReadFields =
  | 'value'
  | { readonly fields: ReadonlyMap<string, ReadFields> }
  | { readonly each: ReadFields }
  | undefined

const openFields = new Set(['annotations', 'args', 'binaryData', 'command', 'data', 'env', 'labels'])

/** What rules read of a resource beside its metadata; undefined for a kind of which they read nothing else. */
export const readFieldsOf = ({ apiVersion, kind }: Resource): ReadFields =>
  known.get(assetKind(apiVersion, kind))

/** What is read of a field or entry of that name, or of an item. */
export function readInside(read: ReadFields, name: string | number): ReadFields {
  if (typeof read !== 'object') return read
  if ('each' in read) return read.each
  return typeof name === 'string' ? read.fields.get(name) : undefined
}

function fieldsIn({ form }: Shape<unknown>): ReadFields {
  if (typeof form === 'string') return form === 'string' || form === 'number or string' ? 'value' : undefined
  if ('fields' in form) {
    const fields = new Map<string, ReadFields>()
    for (const [name, shape] of form.fields) {
      const inside = openFields.has(name) ? undefined : fieldsIn(shape)
      if (inside) fields.set(name, inside)
    }
    return fields.size === 0 ? undefined : { fields }
  }
  const inside = fieldsIn('items' in form ? form.items : form.entries)
  return inside && { each: inside }
}

/** What either of two reads. */
function both(a: ReadFields, b: ReadFields): ReadFields {
  if (!a || !b || typeof a === 'string' || typeof b === 'string' || 'each' in a || 'each' in b) return a ?? b
  const fields = new Map(a.fields)
  for (const [name, inside] of b.fields) fields.set(name, both(fields.get(name), inside))
  return { fields }
}

/** What stands at the end of a path of fields. */
const below = (path: readonly string[], inside: ReadFields): ReadFields =>
  inside && path.reduceRight<ReadFields>((rest, field) => ({ fields: new Map([[field, rest]]) }), inside)

const known: ReadonlyMap<string, ReadFields> = new Map(
  [...new Set([...podKinds, ...kindShapes.keys()])].map((kind): [string, ReadFields] => {
    const shape = kindShapes.get(kind)
    const own = shape && fieldsIn(shape)
    const template = templatePath(kind)
    if (!template) return [kind, own]
    const pod = both(
      below([...template, 'spec'], fieldsIn(podSpecShape)),
      below([...template, 'metadata'], fieldsIn(templateMetadataShape)),
    )
    return [kind, both(own, pod)]
  }),
)
