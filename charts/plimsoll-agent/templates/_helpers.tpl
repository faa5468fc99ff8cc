{{- define "plimsoll-agent.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "plimsoll-agent.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- /* A collector on each node would be another component beside it. */}}
app.kubernetes.io/component: cluster-collector
{{- end -}}

{{- define "plimsoll-agent.labels" -}}
{{ include "plimsoll-agent.selectorLabels" . }}
app.kubernetes.io/part-of: plimsoll
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "plimsoll-agent.image" -}}
{{- with .Values.images.agent -}}
{{- .repository -}}
{{- if .digest -}}@{{ .digest }}{{- else -}}:{{ default $.Chart.AppVersion .tag }}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "plimsoll-agent.slices" -}}
{{- $on := list "cluster" -}}
{{- range (.Files.Get "files/rights.yaml" | fromYaml).order -}}
{{- if index $.Values.slices . -}}{{- $on = append $on . -}}{{- end -}}
{{- end -}}
{{- join "," $on -}}
{{- end -}}

{{- define "plimsoll-agent.secretName" -}}
{{- default (printf "%s-token" (include "plimsoll-agent.fullname" .)) .Values.existingSecret.name -}}
{{- end -}}

{{- define "plimsoll-agent.caConfigMap" -}}
{{- if .Values.extraCa.pem -}}{{ include "plimsoll-agent.fullname" . }}-ca
{{- else -}}{{ .Values.extraCa.configMap.name }}{{- end -}}
{{- end -}}

{{- /* The port at which the next hop on the way to the server listens. */ -}}
{{- define "plimsoll-agent.serverPort" -}}
{{- $url := urlParse (default .Values.server.url .Values.proxy.url) -}}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" -}}
{{- default (ternary "443" "80" (eq $url.scheme "https")) $port -}}
{{- end -}}

{{- define "plimsoll-agent.validate" -}}
{{- with .Values -}}
{{- if not .server.url }}{{ fail "server.url is needed: the URL of the Plimsoll server, such as https://plimsoll.example.com" }}{{ end -}}
{{- if and (not .token) (not .existingSecret.name) }}{{ fail "token or existingSecret.name is needed: make an enrolment on the server and give its token, or name a Secret that holds it" }}{{ end -}}
{{- if and .token .existingSecret.name }}{{ fail "token and existingSecret.name are both given: choose one" }}{{ end -}}
{{- if and .extraCa.pem .extraCa.configMap.name }}{{ fail "extraCa.pem and extraCa.configMap.name are both given: choose one" }}{{ end -}}
{{- if and .extraCa.pem (not (contains "-----BEGIN CERTIFICATE-----" .extraCa.pem)) }}{{ fail "extraCa.pem holds no certificate in PEM" }}{{ end -}}
{{- if and .proxy.noProxy (not .proxy.url) }}{{ fail "proxy.noProxy is given without proxy.url" }}{{ end -}}
{{- end -}}
{{- end -}}
