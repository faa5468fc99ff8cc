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
  /** Notes the fields of objects that it meets, where it is given a set for them. */
  (value: unknown, met?: FieldSet): ShapeProblem | undefined
  /** What the API server makes of a null in a list or map of these. */
  readonly zero: () => T
  readonly form: ShapeForm
}

/** A set of fields, by their names alone: binary digits, thirty to a number, so that it costs nothing to fill while shapes walk. */
export type FieldSet = number[]

interface FieldPlace {
  readonly word: number
  readonly bit: number
}

const digits = 30
const places = new Map<string, FieldPlace>()

/** The place of a field in field sets: each name that some shape knows has one. */
function placeOf(name: string): FieldPlace {
  const known = places.get(name)
  if (known) return known
  const place = { word: Math.floor(places.size / digits), bit: 1 << (places.size % digits) }
  places.set(name, place)
  return place
}

/** The set of the fields of these names. Throws on a name that no shape knows: no walk could meet it. */
export function fieldSet(names: Iterable<string> = []): FieldSet {
  const set: FieldSet = Array.from({ length: Math.ceil(places.size / digits) }, () => 0)
  for (const name of names) {
    const place = places.get(name)
    if (!place) throw new Error(`no shape has a field ${name}`)
    set[place.word] = (set[place.word] as number) | place.bit
  }
  return set
}

/** True where two sets have a field in common. */
export function haveCommon(some: FieldSet, others: FieldSet): boolean {
  for (let word = 0; word < others.length; word++)
    if (((some[word] as number) & (others[word] as number)) !== 0) return true
  return false
}

export type TypeOf<S> = S extends Shape<infer T> ? T : never

const problem = (expected: string, actual: unknown): ShapeProblem => ({ path: [], expected, actual })

function shape<T>(
  form: ShapeForm,
  zero: () => T,
  check: (value: unknown, met?: FieldSet) => ShapeProblem | undefined,
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
  const known = new Map(
    Object.entries(fields).map(
      ([name, check]) => [name, { check, form: check.form, ...placeOf(name) }] as const,
    ),
  )
  const zero = (): { readonly [K in keyof F]?: TypeOf<F[K]> } => ({})
  return shape({ fields: shapes }, zero, (value, met) => {
    if (!isRecord(value)) return problem('an object', value)
    // Objects hold few of the fields that they may have, so it is they that are walked.
    for (const name in value) {
      const own = known.get(name)
      if (own === undefined) continue
      const field = value[name]
      if (field === undefined) continue
      if (field === null) {
        delete value[name]
        continue
      }
      if (met) met[own.word] = (met[own.word] as number) | own.bit
      if (typeof field === own.form) continue
      const found = own.check(field, met)
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
    (value, met) => {
      if (!Array.isArray(value)) return problem('a list', value)
      for (let i = 0; i < value.length; i++) {
        if (fits(value[i], item)) continue
        if (value[i] === null || value[i] === undefined) value[i] = item.zero()
        const found = item(value[i], met)
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
    (value, met) => {
      if (!isRecord(value)) return problem('an object', value)
      for (const name in value) {
        if (fits(value[name], item)) continue
        if (value[name] === null || value[name] === undefined) value[name] = item.zero()
        const found = item(value[name], met)
        if (found) {
          found.path.unshift(name)
          return found
        }
      }
      return undefined
    },
  )
}
