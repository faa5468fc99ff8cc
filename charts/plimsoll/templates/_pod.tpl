{{- /* The pod of the server, whether a Deployment or a StatefulSet makes it. */ -}}
{{- define "plimsoll.pod" -}}
{{- $embedded := include "plimsoll.embedded" . -}}
metadata:
  labels:
    {{- include "plimsoll.labels" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "plimsoll.fullname" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with .Values.priorityClass }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.images.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- /* Beyond the server's own: time to close its database. */}}
  terminationGracePeriodSeconds: {{ add (int .Values.graceSeconds) (ternary 60 10 (not (empty $embedded))) }}
  securityContext:
    runAsNonRoot: true
    {{- range $field := list "runAsUser" "runAsGroup" "fsGroup" }}
    {{- $id := index $.Values.podSecurity $field }}
    {{- if not (kindIs "invalid" $id) }}
    {{ $field }}: {{ int64 $id }}
    {{- end }}
    {{- end }}
    {{- if $embedded }}
    {{- /* PostgreSQL refuses a folder that others may write to, which a change at each start would make of its own. */}}
    fsGroupChangePolicy: OnRootMismatch
    {{- end }}
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: server
      image: {{ include "plimsoll.image" . | quote }}
      imagePullPolicy: {{ .Values.images.server.pullPolicy }}
      args: [serve]
      env:
        {{- include "plimsoll.environment" . | nindent 8 }}
      ports:
        - name: http
          containerPort: {{ .Values.listen.port }}
          protocol: TCP
      {{- /* The first start brings the schema up to date. */}}
      startupProbe:
        {{- include "plimsoll.probe" (list . "/healthz") | nindent 8 }}
        periodSeconds: 5
        failureThreshold: 120
      livenessProbe:
        {{- include "plimsoll.probe" (list . "/healthz") | nindent 8 }}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        {{- include "plimsoll.probe" (list . "/readyz") | nindent 8 }}
        periodSeconds: 5
        timeoutSeconds: 5
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop: [ALL]
        privileged: false
        readOnlyRootFilesystem: true
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if $embedded }}
        - name: data
          mountPath: /var/lib/plimsoll
        - name: shared-memory
          mountPath: /dev/shm
        {{- end }}
        {{- range $name, $_ := include "plimsoll.secrets" . | fromYaml }}
        - name: {{ $name }}
          mountPath: /etc/plimsoll/{{ $name }}
          readOnly: true
        {{- end }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 256Mi
    {{- if $embedded }}
    - name: shared-memory
      emptyDir:
        medium: Memory
        sizeLimit: {{ .Values.database.embedded.sharedMemory }}
    {{- end }}
    {{- range $name, $secret := include "plimsoll.secrets" . | fromYaml }}
    - name: {{ $name }}
      secret:
        secretName: {{ $secret }}
        defaultMode: 288 # 0440
    {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if gt (int .Values.replicas) 1 }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "plimsoll.selectorLabels" . | nindent 10 }}
  {{- end }}
{{- end -}}

{{- define "plimsoll.probe" -}}
httpGet:
  path: {{ index . 1 }}
  port: http
  scheme: {{ include "plimsoll.scheme" (index . 0) | upper }}
{{- end -}}

{{- /* Secrets by the folder below /etc/plimsoll that they are mounted at. */ -}}
{{- define "plimsoll.secrets" -}}
{{- with .Values.database.existingSecret.name }}
database: {{ . }}
{{- end }}
{{- with .Values.metrics.existingSecret.name }}
metrics: {{ . }}
{{- end }}
{{- with .Values.oidc.existingSecret.name }}
oidc: {{ . }}
{{- end }}
{{- with .Values.tls.existingSecret }}
tls: {{ . }}
{{- end }}
{{- end -}}

{{- define "plimsoll.environment" -}}
{{- with .Values -}}
- name: PLIMSOLL_LISTEN
  value: {{ printf "%s:%d" .listen.host (int .listen.port) | quote }}
- name: PLIMSOLL_PUBLIC_URL
  value: {{ .publicUrl | quote }}
- name: PLIMSOLL_LOG_LEVEL
  value: {{ .logLevel }}
- name: PLIMSOLL_CONNECTIONS
  value: {{ .database.connections | quote }}
- name: PLIMSOLL_GRACE
  value: {{ .graceSeconds | quote }}
{{- if include "plimsoll.embedded" $ }}
{{- /* Below the volume's own folder, whose owner and mode are the kubelet's. */}}
- name: PLIMSOLL_DATA
  value: /var/lib/plimsoll/data
{{- else }}
- name: DATABASE_URL_FILE
  value: /etc/plimsoll/database/{{ .database.existingSecret.key }}
{{- end }}
{{- if .tls.existingSecret }}
- name: PLIMSOLL_TLS_CERT
  value: /etc/plimsoll/tls/tls.crt
- name: PLIMSOLL_TLS_KEY
  value: /etc/plimsoll/tls/tls.key
{{- end }}
{{- with .trustedProxies }}
- name: PLIMSOLL_TRUSTED_PROXIES
  value: {{ join "," . | quote }}
{{- end }}
{{- if .metrics.existingSecret.name }}
- name: PLIMSOLL_METRICS_TOKEN_FILE
  value: /etc/plimsoll/metrics/{{ .metrics.existingSecret.key }}
{{- end }}
{{- if .oidc.issuer }}
{{- with .oidc }}
- name: PLIMSOLL_OIDC_ISSUER
  value: {{ .issuer | quote }}
- name: PLIMSOLL_OIDC_CLIENT_ID
  value: {{ .clientId | quote }}
- name: PLIMSOLL_OIDC_CLIENT_SECRET_FILE
  value: /etc/plimsoll/oidc/{{ .existingSecret.key }}
- name: PLIMSOLL_OIDC_NAME
  value: {{ .name | quote }}
- name: PLIMSOLL_OIDC_SCOPES
  value: {{ join " " .scopes | quote }}
- name: PLIMSOLL_OIDC_LOGIN_CLAIM
  value: {{ .loginClaim | quote }}
- name: PLIMSOLL_OIDC_GROUPS_CLAIM
  value: {{ .groupsClaim | quote }}
{{- if .groupRoles }}
{{- $pairs := list }}
{{- range $group, $role := .groupRoles }}{{ $pairs = append $pairs (printf "%s=%s" $group $role) }}{{ end }}
- name: PLIMSOLL_OIDC_GROUP_ROLES
  value: {{ join "; " $pairs | quote }}
{{- end }}
{{- with .defaultRole }}
- name: PLIMSOLL_OIDC_DEFAULT_ROLE
  value: {{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
{{- end -}}
