// Kinds: where the API server keeps the kinds that rules read; the tables are core's.

export { builtInKinds, foreignKinds, type KindEntry, nameOfKind } from '@plimsoll/core'
