// Shape: a small schema that checks parsed objects in place, as fast as a walk, and gives their TypeScript type.
//
// Why not a schema library: half a million objects pass here on the hot path, they must not be copied, and a wrong type
// must be named by its path. `null` means absent in the Kubernetes API, so a null at a known field is removed.

/** A value of the wrong type: where it is, what was expected, what was found. */
export interface ShapeProblem {
  readonly path: (string | number)[]
  readonly expected: string
  readonly actual: unknown
}

/** Checks a value that is neither undefined nor null; gives the first problem, or undefined when it fits. */
export interface Shape<T> {
  (value: unknown): ShapeProblem | undefined
  /** Never set: carries the type for TypeOf. */
  readonly type?: T
}

export type TypeOf<S> = S extends Shape<infer T> ? T : never

const problem = (expected: string, actual: unknown): ShapeProblem => ({ path: [], expected, actual })

export const string: Shape<string> = value =>
  typeof value === 'string' ? undefined : problem('a string', value)
export const boolean: Shape<boolean> = value =>
  typeof value === 'boolean' ? undefined : problem('true or false', value)
export const integer: Shape<number> = value =>
  typeof value === 'number' && Number.isInteger(value) ? undefined : problem('a whole number', value)
/** A port or amount that the API takes as a number or as text (IntOrString, Quantity). */
export const numberOrString: Shape<number | string> = value =>
  typeof value === 'number' || typeof value === 'string' ? undefined : problem('a number or a string', value)
/** Present or not is all that is read of it. */
export const anything: Shape<unknown> = () => undefined

/** True for a plain JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Fields = Readonly<Record<string, Shape<unknown>>>

/** An object with the fields named, each of them optional; other fields are left alone. */
export function object<F extends Fields>(fields: F): Shape<{ readonly [K in keyof F]?: TypeOf<F[K]> }> {
  const shapes = new Map(Object.entries(fields))
  return value => {
    if (!isRecord(value)) return problem('an object', value)
    // Objects hold few of the fields that they may have, so it is they that are walked.
    for (const name in value) {
      const shape = shapes.get(name)
      if (shape === undefined) continue
      const field = value[name]
      if (field === undefined) continue
      if (field === null) {
        delete value[name]
        continue
      }
      const found = shape(field)
      if (found) {
        found.path.unshift(name)
        return found
      }
    }
    return undefined
  }
}

/** A list of things of one shape. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return value => {
    if (!Array.isArray(value)) return problem('a list', value)
    for (let i = 0; i < value.length; i++) {
      const element: unknown = value[i]
      const found =
        element === null || element === undefined ? problem('no null in the list', element) : item(element)
      if (found) {
        found.path.unshift(i)
        return found
      }
    }
    return undefined
  }
}

/** A map from names to things of one shape, such as labels. */
export function map<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return value => {
    if (!isRecord(value)) return problem('an object', value)
    for (const name of Object.keys(value)) {
      const element = value[name]
      if (element === null || element === undefined) {
        delete value[name]
        continue
      }
      const found = item(element)
      if (found) {
        found.path.unshift(name)
        return found
      }
    }
    return undefined
  }
}
