// Rule: one file of the catalogue; what it judges, why, how to mend it, and the examples that prove it.

import type { Operation } from './json-patch.ts'
import type { KubernetesVersion } from './kubernetes-version.ts'
import type { PodTemplate } from './pod-template.ts'
import type { Resource } from './resource.ts'
import type { Severity } from './severity.ts'
import type { Scope } from './snapshot.ts'

/** One thing wrong with a subject. */
export interface Violation {
  /** Path inside the resource of the value at fault, or where the missing value belongs. */
  readonly path: string
  /** The value found; undefined when nothing is there. */
  readonly actual: unknown
  /** What should stand there, in few words: `unset or false`. */
  readonly expected: string
  /** Groups violations into one finding each, such as the container's name; absent: the subject has one finding. */
  readonly discriminator?: string
}

/** A parameter that a profile may set: its default, its type by example, and a sentence for people. */
export type ParameterDeclaration =
  | {
      readonly type: 'string'
      readonly default: string
      readonly description: string
      readonly oneOf?: readonly string[]
    }
  | { readonly type: 'number'; readonly default: number; readonly description: string }
  | { readonly type: 'boolean'; readonly default: boolean; readonly description: string }
  | { readonly type: 'string[]'; readonly default: readonly string[]; readonly description: string }
  /** A Kubernetes minor version such as `1.34`; the default `cluster` means the scope's own, or the newest known. */
  | { readonly type: 'kubernetes-version'; readonly default: 'cluster'; readonly description: string }

export type ParameterDeclarations = Readonly<Record<string, ParameterDeclaration>>

type Widen<D> = D extends { type: 'kubernetes-version' }
  ? KubernetesVersion
  : D extends { type: 'string[]' }
    ? readonly string[]
    : D extends { type: 'number' }
      ? number
      : D extends { type: 'boolean' }
        ? boolean
        : string

export type ParameterValues<P> = { readonly [K in keyof P]: Widen<P[K]> }

/** Something worked out of all resources of some kinds, such as an index. */
export interface Derivation<T> {
  /** Of a kind that is named with a namespace, only the resources there. */
  readonly kinds: readonly (string | { readonly kind: string; readonly namespace: string })[]
  /** Pure; the resources come by kind, in the snapshot's order. */
  readonly from: (resources: readonly Resource[]) => T
}

/**
 * Something worked out of the resources of some kinds that belong together, such as those of one namespace. A change that leaves a group's
 * essences as they were, such as one more pod like others, is none: it asks for no judgement anew.
 */
export interface GroupedDerivation<T> {
  readonly kinds: readonly string[]
  readonly groupOf: (resource: Resource) => string
  /** What of a resource counts, as a text. */
  readonly essenceOf: (resource: Resource) => string
  /** Pure. Gives equal values for resources of the same essences, however many have each of them, and in whatever order they come. */
  readonly from: (resources: readonly Resource[]) => T
}

/** Other resources of the snapshot, of the kinds that the rule names in `reads`. */
export interface Lookup {
  /** All resources of a kind, or those of one namespace. */
  list(kind: string, namespace?: string): readonly Resource[]
  /** One resource by name; undefined when the snapshot has none. */
  get(kind: string, namespace: string | undefined, name: string): Resource | undefined
  /** What is worked out of all resources of its kinds: once for a snapshot, however many subjects and rules ask. */
  derive<T>(derivation: Derivation<T>): T
  /** What is worked out of one group of them; of a group that has none, what is worked out of nothing. */
  deriveIn<T>(derivation: GroupedDerivation<T>, group: string): T
}

/** When, and of what, an assessment speaks, as far as no resource tells it. */
export interface Occasion {
  /** The day of the assessment, such as `2026-08-22`; to be read only by rules that are `dated`. */
  readonly day: string
  readonly scope: Scope['type']
  /** The version as the API server tells it, such as `1.34.4`; absent where nobody asked one, as for files. */
  readonly kubernetesVersion?: string
  /** As in `Scope`: absent where unknown. */
  readonly provider?: Scope['provider']
  readonly distribution?: string
}

export interface RuleContext<P = Readonly<Record<string, unknown>>> {
  readonly parameters: ParameterValues<P>
  readonly lookup: Lookup
  readonly occasion: Occasion
}

/** What a rule may judge: a pod template of whatever kind, or resources of the kinds named (`*` is any kind). */
export type Subject = 'PodTemplate' | (string & {})

type SubjectValue<S> = S extends 'PodTemplate' ? PodTemplate : Resource

/** Where a rule makes sense; elsewhere its outcome is not-applicable. */
export interface Applicability {
  /** Operating system of the pod (spec.os.name); a rule for linux does not apply to pods declared as windows. */
  readonly os?: 'linux' | 'windows'
  /** True for what only a running cluster has, such as its version: in a set of files there is nothing to judge. */
  readonly clusters?: true
  /** Kubernetes versions from and up to which it makes sense, both included. */
  readonly kubernetes?: { readonly min?: string; readonly max?: string }
}

export interface Example {
  readonly given: Resource
  /** Other resources of the snapshot. */
  readonly with?: readonly Resource[]
  readonly parameters?: Readonly<Record<string, unknown>>
  /** When and of what it is judged; the parts that are not named are those of a set of files on the first day of 2026. */
  readonly occasion?: Partial<Occasion>
  /** The paths at fault, for failing examples that should say more than that something failed. */
  readonly at?: readonly string[]
  /**
   * Of a failing example of a rule with a fix: what stands where when it is mended (undefined for what is taken away), for those that
   * should say more than that it passes then; false where a machine cannot mend it, or not all of it.
   */
  readonly mended?: false | Readonly<Record<string, unknown>>
}

export interface Admission<S, P> {
  /** Id of the Pod Security admission check that this rule (or a part of it) is, such as `hostNamespaces`. */
  readonly check: string
  /**
   * The reason and detail that the admission controller gives for these violations; undefined where it would not deny them:
   * the check came with a later version, or a parameter asks for more than it does.
   */
  denial(
    subject: S,
    violations: readonly Violation[],
    parameters: ParameterValues<P>,
  ): { readonly reason: string; readonly detail: string } | undefined
}

export interface RuleDefinition<S extends Subject, P extends ParameterDeclarations> {
  /** Kebab-case, for ever. */
  readonly id: string
  readonly aliases?: readonly string[]
  /** What is true when the rule passes: `No container runs privileged`. */
  readonly title: string
  readonly severity: Severity
  /**
   * False for rules that run only where a benchmark, a profile or the caller names them: they repeat what another rule
   * reports by default, or ask for more than most sound workloads can give.
   */
  readonly defaultEnabled?: false
  readonly subject: S
  /** For a subject other than PodTemplate: the kinds judged; default is the subject itself. */
  readonly kinds?: readonly string[]
  /**
   * Kinds read beyond the subject; others cannot be seen. They are what collectors fetch. Kinds of groups that are not Kubernetes' own
   * are written with their group, here and in `kinds`: `HTTPRoute.gateway.networking.k8s.io`.
   */
  readonly reads?: readonly string[]
  readonly appliesTo?: Applicability
  /** True where its verdict may change with the day, though no resource does: it is judged anew on each. */
  readonly dated?: true
  /** True where its evidence describes what stands at its paths (a credential's kind and length) and never shows it. */
  readonly redacts?: true
  readonly parameters?: P
  /** Why it matters, in a sentence or two. */
  readonly rationale: string
  /** What a person does to mend it. */
  readonly remediation: string
  /** Pages that say more; official documentation first. */
  readonly references?: readonly string[]
  /**
   * Whether the rule speaks of this subject at all; one that it does not speak of has no result from it. It is asked of every subject
   * of the kinds judged, so it costs next to nothing. Absent: it speaks of each of them.
   */
  concerns?(subject: SubjectValue<S>): boolean
  /**
   * What a scope without any subject means. `not-collected`: the thing is there all the same, but none of what was read shows it (a control
   * plane whose pods are not in the API), so a control is not evaluated. Absent: there is nothing to judge, and a control does not apply.
   */
  readonly absent?: 'not-collected'
  /**
   * Of a rule on pods that finds something wrong only where one of a few fields stands: the names of these, such as `hostPath`. A pod
   * that has none of them, anywhere in its spec and metadata, passes without being shown to it. Not for a rule to which a field that
   * is missing may be wrong, with whatever parameters, nor for one that looks anything up.
   */
  readonly faultFields?: readonly string[]
  /** What is wrong with a subject: as a list, or one by one. Called for each subject and rule, mostly to find nothing. */
  violations(subject: SubjectValue<S>, context: RuleContext<P>): Iterable<Violation>
  /**
   * Why a subject without violations cannot be said to pass: what decides stands where the scan does not look, such as in a file on a
   * node. Its outcome is then not-evaluated, with this sentence.
   */
  unseen?(subject: SubjectValue<S>, context: RuleContext<P>): string | undefined
  /** The change that mends one violation, where a machine can know it. */
  fix?(violation: Violation, subject: SubjectValue<S>, context: RuleContext<P>): readonly Operation[]
  readonly admission?: Admission<SubjectValue<S>, P>
  readonly examples: {
    readonly fail: Readonly<Record<string, Example>>
    readonly pass: Readonly<Record<string, Example>>
    readonly notApplicable?: Readonly<Record<string, Example>>
    /** Of a rule with `unseen`: what it cannot judge. */
    readonly notEvaluated?: Readonly<Record<string, Example>>
    /** Of a rule with `concerns`: what it does not speak of. */
    readonly unconcerned?: Readonly<Record<string, Example>>
  }
}

/** A rule as the engine sees it, whatever its subject and parameters. */
// biome-ignore lint/suspicious/noExplicitAny: the engine gives each rule the subject that it declares
export type Rule = RuleDefinition<any, any>

/** Gives the rule back, with its subject and parameters typed. */
export function defineRule<S extends Subject, const P extends ParameterDeclarations = Record<never, never>>(
  definition: RuleDefinition<S, P>,
): RuleDefinition<S, P> {
  return definition
}
