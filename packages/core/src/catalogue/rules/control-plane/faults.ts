// Faults: the checks that rules about flags have in common.

import { pluginState } from '../../../kube/control-plane/admission-plugins.ts'
import type { Flags } from '../../../kube/control-plane/flags.ts'
import { setAt } from '../../../kube/patch.ts'
import type { Operation } from '../../../model/json-patch.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Violation } from '../../../model/rule.ts'
import type { FlagFault } from './flag-rule.ts'

/** Flags that name a file each, and do not. */
export function* withoutFile(flags: Flags, ...names: readonly string[]): Generator<FlagFault> {
  for (const name of names) {
    const file = flags.text(name)
    if (file.value === '') yield { at: file, expected: `--${name}=<file>` }
  }
}

/** A switch that does not stand as wanted, be it by what is written or by its default. */
export function* unless(flags: Flags, name: string, wanted: boolean): Generator<FlagFault> {
  const found = flags.boolean(name)
  if (found.value === wanted) return
  yield {
    at: found,
    expected: found.isGiven ? `--${name}=${wanted}` : `--${name}=${wanted}; unset means ${found.value}`,
  }
}

/** An admission plugin that does not run. */
export function* withoutPlugin(flags: Flags, plugin: string): Generator<FlagFault> {
  const { isOn, place } = pluginState(flags, plugin)
  if (!isOn) yield { at: place, expected: `${plugin} among --enable-admission-plugins` }
}

/** An admission plugin that is on by default and was switched off. */
export function* switchedOff(flags: Flags, plugin: string): Generator<FlagFault> {
  const { isOn, place } = pluginState(flags, plugin)
  if (!isOn) yield { at: place, expected: `${plugin} left on, as it is by default` }
}

/** An admission plugin that runs and should not. */
export function* withPlugin(flags: Flags, plugin: string): Generator<FlagFault> {
  const { isOn, place } = pluginState(flags, plugin)
  if (isOn) yield { at: place, expected: `--enable-admission-plugins without ${plugin}` }
}

/** The change that gives a flag its value where a violation found another one or none: the whole flag, or its value's own word. */
export function writeFlag(
  violation: Violation,
  pod: PodTemplate,
  flag: string,
  value: string | number,
): readonly Operation[] {
  const isOwnWord = typeof violation.actual === 'string' && !violation.actual.startsWith(`--${flag}`)
  return setAt(pod.resource, violation.path, isOwnWord ? String(value) : `--${flag}=${value}`)
}
