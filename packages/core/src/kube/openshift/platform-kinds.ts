// Platform kinds: the fields that rules read of the kinds by which OpenShift's projects, console, updates and scans are set up.
//
// Names and types: openshift/api config/v1 (ClusterVersion, Console, Project; TLSSecurityProfile), console/v1, imageregistry/v1,
// machineconfiguration/v1, operator/v1 (IngressController), template/v1; ComplianceAsCode/compliance-operator api compliance/v1alpha1.

import type { Resource } from '../../model/resource.ts'
import { boolean, list, object, type Shape, string, type TypeOf } from '../../model/shape.ts'

/** Which versions of TLS something speaks: Old, Intermediate, Modern, or Custom with a version of its own; unset means Intermediate. */
export const tlsProfile = object({ type: string, custom: object({ minTLSVersion: string }) })

const withTls = object({ spec: object({ tlsSecurityProfile: tlsProfile }) })
const clusterVersion = object({
  status: object({ history: list(object({ version: string, verified: boolean })) }),
})
const console = object({ spec: object({ authentication: object({ logoutRedirect: string }) }) })
const notification = object({ spec: object({ text: string }) })
const project = object({ spec: object({ projectRequestTemplate: object({ name: string }) }) })
const pruner = object({ spec: object({ suspend: boolean }) })
const template = object({ objects: list(object({ kind: string })) })
const scanSetting = object({ schedule: string })

export const clusterVersionKind = 'ClusterVersion.config.openshift.io'
export const consoleKind = 'Console.config.openshift.io'
export const ingressControllerKind = 'IngressController.operator.openshift.io'
export const kubeletConfigKind = 'KubeletConfig.machineconfiguration.openshift.io'
export const notificationKind = 'ConsoleNotification.console.openshift.io'
export const projectKind = 'Project.config.openshift.io'
export const prunerKind = 'ImagePruner.imageregistry.operator.openshift.io'
export const scanSettingKind = 'ScanSetting.compliance.openshift.io'
export const scanSettingBindingKind = 'ScanSettingBinding.compliance.openshift.io'
export const templateKind = 'Template.template.openshift.io'

/** The shapes of these kinds, by their names with group. */
export const platformShapes: Readonly<Record<string, Shape<unknown>>> = {
  [clusterVersionKind]: clusterVersion,
  [consoleKind]: console,
  [ingressControllerKind]: withTls,
  [kubeletConfigKind]: withTls,
  [notificationKind]: notification,
  [projectKind]: project,
  [prunerKind]: pruner,
  [scanSettingKind]: scanSetting,
  [templateKind]: template,
}

type Read<S> = (resource: Resource) => Resource & TypeOf<S>

/** The resource as one that speaks TLS by a profile (APIServer, IngressController, KubeletConfig); it has passed checkShape. */
export const readTlsServer: Read<typeof withTls> = resource => resource
/** The resource as the ClusterVersion, which tells of updates, the newest first; it has passed checkShape. */
export const readClusterVersion: Read<typeof clusterVersion> = resource => resource
/** The resource as the configuration of the console; it has passed checkShape. */
export const readConsole: Read<typeof console> = resource => resource
/** The resource as a notice that the console shows; it has passed checkShape. */
export const readNotification: Read<typeof notification> = resource => resource
/** The resource as the configuration of projects; it has passed checkShape. */
export const readProject: Read<typeof project> = resource => resource
/** The resource as the image pruner; it has passed checkShape. */
export const readPruner: Read<typeof pruner> = resource => resource
/** The resource as a template of objects; it has passed checkShape. */
export const readTemplate: Read<typeof template> = resource => resource
/** The resource as how the Compliance Operator scans; it has passed checkShape. */
export const readScanSetting: Read<typeof scanSetting> = resource => resource
