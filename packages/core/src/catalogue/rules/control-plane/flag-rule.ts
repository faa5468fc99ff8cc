// Flag rule: makes a rule out of what a component's flags should be; finding the component and reading its flags is done here.

import { type Component, findProcess, runsComponent } from '../../../kube/control-plane/component.ts'
import { type FlagPlace, type Flags, readFlags } from '../../../kube/control-plane/flags.ts'
import type { KubernetesVersion } from '../../../model/kubernetes-version.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import {
  defineRule,
  type ParameterDeclarations,
  type RuleContext,
  type RuleDefinition,
} from '../../../model/rule.ts'
import { notComponents, untoldFlags } from './component-pods.ts'

/** A setting that should be another one. */
export interface FlagFault {
  /** Where it is written, or would be. */
  readonly at: FlagPlace
  readonly expected: string
}

type Definition<P extends ParameterDeclarations> = RuleDefinition<'PodTemplate', P>

type Shared<P extends ParameterDeclarations> = Pick<
  Definition<P>,
  | 'id'
  | 'title'
  | 'severity'
  | 'defaultEnabled'
  | 'appliesTo'
  | 'parameters'
  | 'rationale'
  | 'remediation'
  | 'references'
  | 'fix'
> & { readonly examples: Pick<Definition<P>['examples'], 'fail' | 'pass' | 'notEvaluated' | 'notApplicable'> }

export interface FlagRule<P extends ParameterDeclarations> extends Shared<P> {
  readonly component: Component
  /** The flags that decide; where one of them cannot be told, nothing is. */
  readonly flags: readonly string[]
  faults(flags: Flags, parameters: RuleContext<P>['parameters']): Iterable<FlagFault>
  /** Why, although the flags are known, they do not decide. */
  undecided?(flags: Flags, parameters: RuleContext<P>['parameters']): string | undefined
}

/** The parameter of a rule whose flags have other defaults in other versions. */
export const versionParameter = {
  type: 'kubernetes-version',
  default: 'cluster',
  description: 'The version whose defaults hold where the component’s image does not tell its own.',
} as const

/** One function for each component, so that what all its rules ask of a pod is asked once. */
const concernsOf: Readonly<Record<Component, (pod: PodTemplate) => boolean>> = {
  'kube-apiserver': pod => runsComponent(pod, 'kube-apiserver'),
  'kube-controller-manager': pod => runsComponent(pod, 'kube-controller-manager'),
  'kube-scheduler': pod => runsComponent(pod, 'kube-scheduler'),
  'kube-proxy': pod => runsComponent(pod, 'kube-proxy'),
  etcd: pod => runsComponent(pod, 'etcd'),
}

/** A rule about each pod in which the component runs; about other pods it says nothing. */
export function flagRule<const P extends ParameterDeclarations = Record<never, never>>(
  rule: FlagRule<P>,
): Definition<P> {
  const { component, flags: names, faults, undecided, examples, ...shared } = rule
  const read = (pod: Parameters<typeof findProcess>[0], parameters: RuleContext<P>['parameters']) => {
    const process = findProcess(pod, component)
    const { version } = parameters as { readonly version?: KubernetesVersion }
    return process && readFlags(process, version)
  }
  return defineRule<'PodTemplate', P>({
    ...shared,
    subject: 'PodTemplate',
    absent: 'not-collected',
    examples: {
      ...examples,
      notEvaluated: { ...untoldFlags(component, names), ...examples.notEvaluated },
      unconcerned: notComponents(component),
    },
    concerns: concernsOf[component],

    *violations(pod, { parameters }) {
      const flags = read(pod, parameters)
      if (!flags || flags.unseen(names) !== undefined) return
      for (const { at, expected } of faults(flags, parameters))
        yield { path: at.path, actual: at.actual, expected }
    },

    unseen(pod, { parameters }) {
      const flags = read(pod, parameters)
      return flags?.unseen(names) ?? (flags && undecided?.(flags, parameters))
    },
  })
}
