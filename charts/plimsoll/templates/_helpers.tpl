{{- define "plimsoll.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "plimsoll.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: server
{{- end -}}

{{- define "plimsoll.labels" -}}
{{ include "plimsoll.selectorLabels" . }}
app.kubernetes.io/part-of: plimsoll
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "plimsoll.metadata" -}}
name: {{ include "plimsoll.fullname" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "plimsoll.labels" . | nindent 2 }}
{{- end -}}

{{- define "plimsoll.image" -}}
{{- with .Values.images.server -}}
{{- .repository -}}
{{- if .digest -}}@{{ .digest }}{{- else -}}:{{ default $.Chart.AppVersion .tag }}{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Not empty where the server runs a PostgreSQL of its own. */ -}}
{{- define "plimsoll.embedded" -}}
{{- if not .Values.database.existingSecret.name -}}yes{{- end -}}
{{- end -}}

{{- define "plimsoll.scheme" -}}
{{- ternary "https" "http" (not (empty .Values.tls.existingSecret)) -}}
{{- end -}}

{{- define "plimsoll.host" -}}
{{- regexReplaceAll ":[0-9]+$" (urlParse .Values.publicUrl).host "" -}}
{{- end -}}

{{- define "plimsoll.servicePort" -}}
{{- default (ternary 443 80 (eq (include "plimsoll.scheme" .) "https")) .Values.service.port | int -}}
{{- end -}}

{{- define "plimsoll.validate" -}}
{{- $embedded := include "plimsoll.embedded" . -}}
{{- with .Values -}}
{{- if not .publicUrl }}{{ fail "publicUrl is needed: how browsers and agents reach the server, such as https://plimsoll.example.com" }}{{ end -}}
{{- if and $embedded (gt (int .replicas) 1) }}{{ fail "replicas is more than 1 without database.existingSecret.name: servers share only a PostgreSQL of yours" }}{{ end -}}
{{- if and $embedded (ne (toString .podSecurity.runAsUser) "65532") }}{{ fail "podSecurity.runAsUser is not 65532 without database.existingSecret.name: the server's own PostgreSQL starts only as a user that the image knows" }}{{ end -}}
{{- if and .tls.existingSecret (hasPrefix "http://" .publicUrl) }}{{ fail "tls.existingSecret is given, and publicUrl begins with http://" }}{{ end -}}
{{- if and .ingress.tlsSecret (hasPrefix "http://" .publicUrl) }}{{ fail "ingress.tlsSecret is given, and publicUrl begins with http://" }}{{ end -}}
{{- if and .ingress.tlsSecret (not .ingress.enabled) }}{{ fail "ingress.tlsSecret is given without ingress.enabled" }}{{ end -}}
{{- if and .oidc.issuer (or (not .oidc.clientId) (not .oidc.existingSecret.name)) }}{{ fail "oidc.issuer is given without oidc.clientId and oidc.existingSecret.name" }}{{ end -}}
{{- if and (not .oidc.issuer) (or .oidc.clientId .oidc.existingSecret.name) }}{{ fail "oidc.clientId or oidc.existingSecret.name is given without oidc.issuer" }}{{ end -}}
{{- if and .oidc.issuer (not .oidc.groupRoles) (not .oidc.defaultRole) }}{{ fail "oidc.issuer is given without oidc.groupRoles and oidc.defaultRole: nobody could sign in by it" }}{{ end -}}
{{- end -}}
{{- end -}}
