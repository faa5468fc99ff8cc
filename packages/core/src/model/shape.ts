// Shape: a small schema that checks parsed objects in place, as fast as a walk, and gives their TypeScript type.
//
// Why not a schema library: half a million objects pass here on the hot path, they must not be copied, and a wrong type
// must be named by its path. A null is read as the API server decodes it: at a field it means absent and is removed; as
// an item of a list or map it is the zero value of its type (Go's encoding/json into typed objects).

/** A value of the wrong type: where it is, what was expected, what was found. */
export interface ShapeProblem {
  readonly path: (string | number)[]
  readonly expected: string
  readonly actual: unknown
}

/** What a shape takes, for those who walk shapes rather than values. */
export type ShapeForm =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'number or string'
  | 'anything'
  | { readonly fields: ReadonlyMap<string, Shape<unknown>> }
  | { readonly items: Shape<unknown> }
  | { readonly entries: Shape<unknown> }

/** Checks a value that is neither undefined nor null; gives the first problem, or undefined when it fits. */
export interface Shape<T> {
  (value: unknown): ShapeProblem | undefined
  /** What the API server makes of a null in a list or map of these. */
  readonly zero: () => T
  readonly form: ShapeForm
}

export type TypeOf<S> = S extends Shape<infer T> ? T : never

const problem = (expected: string, actual: unknown): ShapeProblem => ({ path: [], expected, actual })

function shape<T>(
  form: ShapeForm,
  zero: () => T,
  check: (value: unknown) => ShapeProblem | undefined,
): Shape<T> {
  return Object.assign(check, { form, zero })
}

export const string = shape(
  'string',
  () => '',
  value => (typeof value === 'string' ? undefined : problem('a string', value)),
)
export const boolean = shape<boolean>(
  'boolean',
  () => false,
  value => (typeof value === 'boolean' ? undefined : problem('true or false', value)),
)
export const integer = shape(
  'integer',
  () => 0,
  value => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return problem('a whole number', value)
    return value >= -(2 ** 63) && value < 2 ** 63 ? undefined : problem('a number of 64 bits', value)
  },
)
/** A port or amount that the API takes as a number or as text (IntOrString, Quantity). */
export const numberOrString = shape<number | string>(
  'number or string',
  () => 0,
  value =>
    typeof value === 'number' || typeof value === 'string'
      ? undefined
      : problem('a number or a string', value),
)
/** True for most of what is checked, texts and truth values as they should be: the forms of these bear the names of their types. */
const fits = (value: unknown, { form }: Shape<unknown>): boolean => typeof value === form

/** Present or not is all that is read of it. */
export const anything = shape<unknown>(
  'anything',
  () => ({}),
  () => undefined,
)

/** True for a plain JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Fields = Readonly<Record<string, Shape<unknown>>>

/** An object with the fields named, each of them optional; other fields are left alone. */
export function object<F extends Fields>(fields: F): Shape<{ readonly [K in keyof F]?: TypeOf<F[K]> }> {
  const shapes = new Map(Object.entries(fields))
  const zero = (): { readonly [K in keyof F]?: TypeOf<F[K]> } => ({})
  return shape({ fields: shapes }, zero, value => {
    if (!isRecord(value)) return problem('an object', value)
    // Objects hold few of the fields that they may have, so it is they that are walked.
    for (const name in value) {
      const check = shapes.get(name)
      if (check === undefined) continue
      const field = value[name]
      if (field === undefined || fits(field, check)) continue
      if (field === null) {
        delete value[name]
        continue
      }
      const found = check(field)
      if (found) {
        found.path.unshift(name)
        return found
      }
    }
    return undefined
  })
}

/** A list of things of one shape. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return shape<readonly T[]>(
    { items: item },
    () => [],
    value => {
      if (!Array.isArray(value)) return problem('a list', value)
      for (let i = 0; i < value.length; i++) {
        if (fits(value[i], item)) continue
        if (value[i] === null || value[i] === undefined) value[i] = item.zero()
        const found = item(value[i])
        if (found) {
          found.path.unshift(i)
          return found
        }
      }
      return undefined
    },
  )
}

/** A map from names to things of one shape, such as labels. */
export function map<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return shape<Readonly<Record<string, T>>>(
    { entries: item },
    () => ({}),
    value => {
      if (!isRecord(value)) return problem('an object', value)
      for (const name in value) {
        if (fits(value[name], item)) continue
        if (value[name] === null || value[name] === undefined) value[name] = item.zero()
        const found = item(value[name])
        if (found) {
          found.path.unshift(name)
          return found
        }
      }
      return undefined
    },
  )
}
