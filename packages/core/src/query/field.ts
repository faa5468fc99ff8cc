// Field: what can be asked of a list: its fields, their types, and the words known of them.

/**
 * - `text`: equal or a pattern, to the letter. `word`: one of a closed set of words, in any case.
 * - `rank`: one of an ordered set of words. `labels`: a map of texts, asked by key.
 * - `instant`: in the past, or where `isAhead`, to come.
 * - `rule`: something that the catalogue says of the record's rule.
 */
export type FieldType =
  | 'text'
  | 'word'
  | 'rank'
  | 'number'
  | 'boolean'
  | 'instant'
  | 'version'
  | 'labels'
  | 'rule'

/** What the catalogue says of a rule. */
export type RuleAttribute = 'title' | 'benchmarks' | 'sections' | 'controls' | 'requirements'

export interface Field {
  readonly name: string
  readonly type: FieldType
  /** One sentence for completion and docs. */
  readonly description: string
  /** Values as one would type them. */
  readonly examples: readonly string[]
  /** All words of `word` and `rank` (from least to most); the usual ones of `text`, whose case is then put right. */
  readonly words?: readonly string[]
  /** For `text`: values must be known words of this sort; for `rule`: what is asked of the rule. */
  readonly vocabulary?: 'rules' | 'benchmarks'
  readonly attribute?: RuleAttribute
  /** For `instant`: expected in the future, so that durations speak of the time left. */
  readonly isAhead?: boolean
  /** True where text without a field is looked for in it. */
  readonly isFreeText?: boolean
}

/** The fields of one list. */
export interface FieldCatalogue {
  readonly list: string
  readonly fields: readonly Field[]
}

/** A rule as queries can ask for it. */
export interface RuleFacts {
  readonly id: string
  readonly title: string
  /** `cis-k8s@1.12.0`, and `cis-k8s` where it is the family's newest edition. */
  readonly benchmarks: readonly string[]
  /** Titles of sections, and `cis-k8s@1.12.0/5.1`. */
  readonly sections: readonly string[]
  /** `cis-k8s@1.12.0/5.1.1`, and `cis-k8s/5.1.1` for the newest edition. */
  readonly controls: readonly string[]
  readonly requirements: readonly string[]
}

/** The words that queries may name: rules, and what may be asked of them, also where no rule answers it. */
export interface KnownWords {
  readonly rules: readonly RuleFacts[]
  readonly benchmarks: readonly string[]
  readonly sections: readonly string[]
  readonly controls: readonly string[]
  readonly requirements: readonly string[]
}

/** For lists that have no rules. */
export const noKnownWords: KnownWords = {
  rules: [],
  benchmarks: [],
  sections: [],
  controls: [],
  requirements: [],
}

/** Finds the field that a name in a query means; `key` is set for a map's entry written with a dot. */
export function findField(
  catalogue: FieldCatalogue,
  name: string,
): { readonly field: Field; readonly key?: string } | undefined {
  const wanted = name.toLowerCase()
  const exact = catalogue.fields.find(field => field.name === wanted)
  if (exact) return { field: exact }
  for (const field of catalogue.fields)
    if (field.type === 'labels' && wanted.startsWith(`${field.name}.`) && name.length > field.name.length + 1)
      return { field, key: name.slice(field.name.length + 1) }
  return undefined
}

/** The words of a vocabulary. */
export const vocabularyOf = (
  known: KnownWords,
  vocabulary: NonNullable<Field['vocabulary']>,
): readonly string[] => (vocabulary === 'rules' ? known.rules.map(rule => rule.id) : known.benchmarks)

/** What the catalogue says of a rule under an attribute. */
export function attributeOf(rule: RuleFacts, attribute: RuleAttribute): readonly string[] {
  return attribute === 'title' ? [rule.title] : rule[attribute]
}

/** The operators that a type knows, as one types them. */
export function operatorsOf(type: FieldType): readonly string[] {
  const isOrdered = type === 'rank' || type === 'number' || type === 'instant' || type === 'version'
  return isOrdered ? [':', '=', '!=', '>', '>=', '<', '<='] : [':', '=', '!=']
}
