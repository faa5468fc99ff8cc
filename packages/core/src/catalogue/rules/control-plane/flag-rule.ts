// Flag rule: makes a rule out of what a component's flags should be; finding the component and reading its flags is done here.

import {
  type Component,
  findProcess,
  isOperated,
  runsComponent,
} from '../../../kube/control-plane/component.ts'
import { type FlagPlace, type Flags, readFlags } from '../../../kube/control-plane/flags.ts'
import { withOperatorConfig } from '../../../kube/openshift/operator-config.ts'
import type { KubernetesVersion } from '../../../model/kubernetes-version.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import {
  defineRule,
  type ParameterDeclarations,
  type RuleContext,
  type RuleDefinition,
} from '../../../model/rule.ts'
import { notComponents, unreadConfiguration, untoldFlags } from './component-pods.ts'

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
  | 'concerns'
> & {
  readonly examples: Pick<
    Definition<P>['examples'],
    'fail' | 'pass' | 'notEvaluated' | 'notApplicable' | 'unconcerned'
  >
}

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

const configured: ReadonlySet<Component> = new Set(['kube-apiserver', 'kube-controller-manager'])

/** A rule about each pod in which the component runs; about other pods it says nothing. */
export function flagRule<const P extends ParameterDeclarations = Record<never, never>>(
  rule: FlagRule<P>,
): Definition<P> {
  const { component, flags: names, faults, undecided, concerns, examples, fix, ...shared } = rule
  const read = (pod: PodTemplate, { parameters, lookup }: RuleContext<P>) => {
    const process = findProcess(pod, component)
    const { version } = parameters as { readonly version?: KubernetesVersion }
    return process && readFlags(withOperatorConfig(process, pod, lookup), version)
  }
  return defineRule<'PodTemplate', P>({
    ...shared,
    subject: 'PodTemplate',
    // Where OpenShift's operators keep flags.
    ...(configured.has(component) && { reads: ['ConfigMap'] }),
    absent: 'not-collected',
    examples: {
      ...examples,
      notEvaluated: {
        // A rule that does not speak of every pod of the component has examples of its own.
        ...(concerns === undefined && untoldFlags(component, names)),
        ...unreadConfiguration(component),
        ...examples.notEvaluated,
      },
      unconcerned: { ...notComponents(component), ...examples.unconcerned },
    },
    concerns: concerns ?? concernsOf[component],

    *violations(pod, context) {
      const flags = read(pod, context)
      if (!flags || flags.unseen(names) !== undefined) return
      for (const { at, expected } of faults(flags, context.parameters))
        yield {
          path: at.path,
          actual: at.actual,
          expected: at.note === undefined ? expected : `${expected} (${at.note})`,
        }
    },

    unseen(pod, context) {
      const flags = read(pod, context)
      return flags?.unseen(names) ?? (flags && undecided?.(flags, context.parameters))
    },

    // What an operator wrote it would write again.
    ...(fix && {
      fix: (violation, pod, context) => (isOperated(pod) ? [] : fix(violation, pod, context)),
    }),
  })
}
