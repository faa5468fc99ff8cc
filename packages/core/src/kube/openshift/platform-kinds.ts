// Platform kinds: the fields that rules read of the kinds by which OpenShift's projects, console, updates, images, alerts and scans are set up.
//
// Names and types: openshift/api config/v1 (ClusterVersion, Console, Project; TLSSecurityProfile), console/v1, imageregistry/v1,
// image/v1 (ImageStream), machineconfiguration/v1, operator/v1 (IngressController), template/v1; ComplianceAsCode/compliance-operator api
// compliance/v1alpha1; operator-framework/api operators/v1alpha1 (Subscription); prometheus-operator pkg/apis/monitoring/v1 (PrometheusRule).

import type { Resource } from '../../model/resource.ts'
import { boolean, list, numberOrString, object, type Shape, string, type TypeOf } from '../../model/shape.ts'

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
const imageStream = object({
  spec: object({
    dockerImageRepository: string,
    tags: list(
      object({
        name: string,
        from: object({ kind: string, name: string }),
        reference: boolean,
        importPolicy: object({ scheduled: boolean }),
      }),
    ),
  }),
})
const prometheusRule = object({
  spec: object({
    groups: list(object({ rules: list(object({ alert: string, record: string, expr: numberOrString })) })),
  }),
})
const subscription = object({ spec: object({ name: string }), status: object({ installedCSV: string }) })

export const clusterVersionKind = 'ClusterVersion.config.openshift.io'
export const consoleKind = 'Console.config.openshift.io'
export const imageStreamKind = 'ImageStream.image.openshift.io'
export const ingressControllerKind = 'IngressController.operator.openshift.io'
export const kubeletConfigKind = 'KubeletConfig.machineconfiguration.openshift.io'
export const notificationKind = 'ConsoleNotification.console.openshift.io'
export const projectKind = 'Project.config.openshift.io'
export const prometheusRuleKind = 'PrometheusRule.monitoring.coreos.com'
export const prunerKind = 'ImagePruner.imageregistry.operator.openshift.io'
export const scanSettingKind = 'ScanSetting.compliance.openshift.io'
export const scanSettingBindingKind = 'ScanSettingBinding.compliance.openshift.io'
export const subscriptionKind = 'Subscription.operators.coreos.com'
export const templateKind = 'Template.template.openshift.io'

/** The shapes of these kinds, by their names with group. */
export const platformShapes: Readonly<Record<string, Shape<unknown>>> = {
  [clusterVersionKind]: clusterVersion,
  [consoleKind]: console,
  [imageStreamKind]: imageStream,
  [ingressControllerKind]: withTls,
  [kubeletConfigKind]: withTls,
  [notificationKind]: notification,
  [projectKind]: project,
  [prometheusRuleKind]: prometheusRule,
  [prunerKind]: pruner,
  [scanSettingKind]: scanSetting,
  [subscriptionKind]: subscription,
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
/** The resource as an image stream, which says where the images of its tags come from; it has passed checkShape. */
export const readImageStream: Read<typeof imageStream> = resource => resource
/** The resource as rules of Prometheus, which raise alerts and record metrics; it has passed checkShape. */
export const readPrometheusRule: Read<typeof prometheusRule> = resource => resource
/** The resource as an operator that was asked for, and what of it is installed; it has passed checkShape. */
export const readSubscription: Read<typeof subscription> = resource => resource
/** The resource as how the Compliance Operator scans; it has passed checkShape. */
export const readScanSetting: Read<typeof scanSetting> = resource => resource
