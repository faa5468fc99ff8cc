// Verdict vector: what each plan came to on one asset, a byte a plan, shared between the assets that have the same.

/** One byte a plan; never changed once made, since assets share it. */
export type Vector = Readonly<Uint8Array>

export interface Vectors {
  /** The one vector with these bytes. */
  shared(bytes: Uint8Array): Vector
}

export function sharedVectors(): Vectors {
  /** By a number mixed of their bytes. */
  const known = new Map<number, Vector[]>()
  return {
    shared(bytes) {
      const mark = markOf(bytes)
      let alike = known.get(mark)
      if (!alike) {
        alike = []
        known.set(mark, alike)
      }
      const found = alike.find(vector => isEqual(vector, bytes))
      if (found) return found
      const made = bytes.slice()
      alike.push(made)
      return made
    },
  }
}

function markOf(bytes: Uint8Array): number {
  let mark = bytes.length
  for (let i = 0; i < bytes.length; i++) mark = (Math.imul(mark, 31) + (bytes[i] as number)) | 0
  return mark
}

function isEqual(a: Vector, b: Vector): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
