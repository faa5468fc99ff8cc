// Admission plugins: which of them an API server runs.
//
// Source: k8s.io/apiserver pkg/server/options/admission.go (enabledPluginNames) and pkg/kubeapiserver/options/plugins.go
// (DefaultOffAdmissionPlugins), versions 1.13 to 1.37.

import { isFrom } from '../../model/kubernetes-version.ts'
import type { FlagPlace, Flags } from './flags.ts'

export interface PluginState {
  readonly isOn: boolean
  /** Where it was switched on or off, or where that could be done. */
  readonly place: FlagPlace
}

/** The plugin that holds pods to security context constraints; OpenShift's API server alone has it. */
export const openShiftConstraints = 'security.openshift.io/SecurityContextConstraint'

/** The plugins, among those that rules ask for, that run unless they are switched off, from that minor version on. */
const onByDefault: ReadonlyMap<string, number> = new Map([
  ['NamespaceLifecycle', 10],
  ['PodSecurity', 23],
  ['ServiceAccount', 10],
  ['ValidatingAdmissionWebhook', 10],
  // OpenShift's own; openshift/kubernetes openshift-kube-apiserver/admission/admissionenablement/register.go.
  [openShiftConstraints, 10],
])

/** The flags that decide which plugins run. */
export const admissionFlags = [
  'enable-admission-plugins',
  'disable-admission-plugins',
  'admission-control',
] as const

/** Whether a plugin runs; where it is switched on and off at once, the former wins. */
export function pluginState(flags: Flags, plugin: string): PluginState {
  // The old flag names all plugins that run; the API server refuses it beside the newer ones.
  const all = flags.list('admission-control')
  if (all.isGiven) return stateIn(all.value, plugin) ?? { isOn: false, place: all }
  const enabled = flags.list('enable-admission-plugins')
  const on = stateIn(enabled.value, plugin)
  if (on) return on
  const off = stateIn(flags.list('disable-admission-plugins').value, plugin)
  if (off) return { isOn: false, place: off.place }
  const since = onByDefault.get(plugin)
  return { isOn: since !== undefined && isFrom(flags.version, since), place: enabled }
}

function stateIn(
  items: readonly (FlagPlace & { readonly value: string })[],
  plugin: string,
): PluginState | undefined {
  const found = items.find(({ value }) => value === plugin)
  return found && { isOn: true, place: found }
}
