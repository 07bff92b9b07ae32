{{/* The release's name, with the chart's behind it where it does not say it already. All objects bear it. */}}
{{- define "alohub-sync.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "alohub-sync.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "alohub-sync.labels" -}}
{{ include "alohub-sync.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{- define "alohub-sync.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* The three variables of the datasource, for a user whose Secret is told: (dict "root" $ "user" .Values.database.worker) */}}
{{- define "alohub-sync.datasource" -}}
- name: QUARKUS_DATASOURCE_JDBC_URL
  value: {{ required "database.jdbcUrl is missing: set it to the database, for example jdbc:postgresql://db.example.vn:5432/erp" .root.Values.database.jdbcUrl | quote }}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef: {name: {{ .user.secret }}, key: {{ .user.usernameKey }}}
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ .user.secret }}, key: {{ .user.passwordKey }}}
{{- end }}

{{/* What both containers may do: nothing. Pod Security "restricted", and a root filesystem that can't be written. */}}
{{- define "alohub-sync.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end }}
