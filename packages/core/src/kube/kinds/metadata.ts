// Metadata: the fields of an object's metadata that rules may read, as a shape. Names and types: Kubernetes meta/v1 ObjectMeta.

import { boolean, list, map, object, string } from '../../model/shape.ts'

export const metadataShape = object({
  name: string,
  generateName: string,
  namespace: string,
  uid: string,
  labels: map(string),
  annotations: map(string),
  ownerReferences: list(
    object({ apiVersion: string, kind: string, name: string, uid: string, controller: boolean }),
  ),
  deletionTimestamp: string,
})
