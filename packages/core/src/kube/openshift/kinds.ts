// OpenShift kinds: the fields that rules read of the kinds by which OpenShift is configured.
//
// Names and types: openshift/api config/v1 (APIServer, Image, OAuth), oauth/v1, operator/v1, security/v1; openshift/cluster-logging-operator api
// (ClusterLogForwarder of logging.openshift.io up to version 5, of observability.openshift.io since 6).

import type { Resource } from '../../model/resource.ts'
import { boolean, integer, list, object, type Shape, string, type TypeOf } from '../../model/shape.ts'
import { platformShapes, tlsProfile } from './platform-kinds.ts'

const apiServer = object({
  spec: object({
    audit: object({ profile: string, customRules: list(object({ group: string, profile: string })) }),
    encryption: object({ type: string }),
    tlsSecurityProfile: tlsProfile,
  }),
})
/** Of an object that it is there, and whether anything is in it. */
const anyFields = object({})
const operatorShape = object({ spec: object({ unsupportedConfigOverrides: anyFields }) })
const strategy = object({ type: string })
const constraints = object({
  allowHostDirVolumePlugin: boolean,
  allowHostIPC: boolean,
  allowHostNetwork: boolean,
  allowHostPID: boolean,
  allowPrivilegedContainer: boolean,
  allowedCapabilities: list(string),
  groups: list(string),
  runAsUser: strategy,
  userNamespaceLevel: string,
  users: list(string),
  volumes: list(string),
})
const endpoint = object({ url: string })
const forwarder = object({
  spec: object({
    inputs: list(object({ name: string, type: string, audit: anyFields })),
    outputs: list(
      object({
        name: string,
        type: string,
        // Up to logging 5; since 6 it is a field of the one that is named like the type.
        url: string,
        tls: object({ insecureSkipVerify: boolean }),
        azureMonitor: endpoint,
        cloudwatch: endpoint,
        elasticsearch: endpoint,
        http: endpoint,
        kafka: object({ url: string, brokers: list(string) }),
        loki: endpoint,
        otlp: endpoint,
        splunk: endpoint,
        syslog: endpoint,
      }),
    ),
    pipelines: list(object({ inputRefs: list(string), outputRefs: list(string) })),
  }),
})

const oauth = object({
  spec: object({
    identityProviders: list(object({ name: string, type: string, ldap: object({ insecure: boolean }) })),
    templates: object({ login: object({ name: string }), providerSelection: object({ name: string }) }),
    tokenConfig: object({ accessTokenMaxAgeSeconds: integer, accessTokenInactivityTimeout: string }),
  }),
})
const oauthClient = object({
  accessTokenMaxAgeSeconds: integer,
  accessTokenInactivityTimeoutSeconds: integer,
})
const image = object({
  spec: object({
    allowedRegistriesForImport: list(object({ domainName: string, insecure: boolean })),
    registrySources: object({ allowedRegistries: list(string), insecureRegistries: list(string) }),
  }),
})

export const apiServerKind = 'APIServer.config.openshift.io'
export const imageKind = 'Image.config.openshift.io'
export const oauthKind = 'OAuth.config.openshift.io'
export const oauthClientKind = 'OAuthClient.oauth.openshift.io'
export const constraintsKind = 'SecurityContextConstraints.security.openshift.io'
export const forwarderKinds = [
  'ClusterLogForwarder.logging.openshift.io',
  'ClusterLogForwarder.observability.openshift.io',
] as const
/** The operators of the control plane whose configuration can be overridden. */
export const operatorKinds = [
  'Authentication.operator.openshift.io',
  'Etcd.operator.openshift.io',
  'KubeAPIServer.operator.openshift.io',
  'KubeControllerManager.operator.openshift.io',
  'KubeScheduler.operator.openshift.io',
  'OpenShiftAPIServer.operator.openshift.io',
] as const

/** The shapes of these kinds, by their names with group. */
export const openShiftShapes: Readonly<Record<string, Shape<unknown>>> = {
  [apiServerKind]: apiServer,
  [constraintsKind]: constraints,
  [imageKind]: image,
  [oauthClientKind]: oauthClient,
  [oauthKind]: oauth,
  ...platformShapes,
  ...Object.fromEntries(forwarderKinds.map(kind => [kind, forwarder])),
  ...Object.fromEntries(operatorKinds.map(kind => [kind, operatorShape])),
}

export type Constraints = Resource & TypeOf<typeof constraints>
export type LogForwarder = Resource & TypeOf<typeof forwarder>

/** The resource as an APIServer of OpenShift; it has passed checkShape. */
export const readApiServer = (resource: Resource): Resource & TypeOf<typeof apiServer> => resource

/** The resource as the configuration of an operator; it has passed checkShape. */
export const readOperator = (resource: Resource): Resource & TypeOf<typeof operatorShape> => resource

/** The resource as SecurityContextConstraints; it has passed checkShape. */
export const readConstraints = (resource: Resource): Constraints => resource

/** The resource as a ClusterLogForwarder; it has passed checkShape. */
export const readForwarder = (resource: Resource): LogForwarder => resource

/** The resource as OpenShift’s OAuth, which says how people log in; it has passed checkShape. */
export const readOAuth = (resource: Resource): Resource & TypeOf<typeof oauth> => resource

/** The resource as an OAuthClient, a program that people log in to; it has passed checkShape. */
export const readOAuthClient = (resource: Resource): Resource & TypeOf<typeof oauthClient> => resource

/** The resource as OpenShift’s Image, which says where images come from; it has passed checkShape. */
export const readImage = (resource: Resource): Resource & TypeOf<typeof image> => resource
