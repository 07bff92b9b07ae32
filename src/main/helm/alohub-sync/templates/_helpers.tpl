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

{{/* Whole seconds, rounded up, of a setting's time: 500ms, 20s, 2m, 1h, or a plain number of seconds. */}}
{{- define "alohub-sync.seconds" -}}
{{- $number := regexFind "^[0-9]+" (toString .) | int -}}
{{- if hasSuffix "ms" (toString .) -}}{{ div (add $number 999) 1000 }}
{{- else if hasSuffix "m" (toString .) -}}{{ mul $number 60 }}
{{- else if hasSuffix "h" (toString .) -}}{{ mul $number 3600 }}
{{- else -}}{{ $number }}
{{- end -}}
{{- end }}

{{/* A stop takes the longest call, a poll interval and 8 s (2 s more to send spans): killed before, it leaves phones to wait out a quarantine. */}}
{{- define "alohub-sync.grace" -}}
{{- $deadline := include "alohub-sync.seconds" (get .Values.settings "ALOHUB_DELIVERY_CALL_DEADLINE" | default "20s") | int -}}
{{- $poll := include "alohub-sync.seconds" (get .Values.settings "ALOHUB_POLL_INTERVAL" | default "1s") | int -}}
{{- $traces := ternary 2 0 (eq (get .Values.settings "ALOHUB_TRACING_ENABLED" | toString) "true") -}}
{{- $least := add $deadline $poll 8 $traces | int -}}
{{- if lt (.Values.terminationGracePeriodSeconds | int) $least -}}
{{- fail (printf "terminationGracePeriodSeconds is %d: set it to at least %d, the call deadline and what a stop takes besides" (.Values.terminationGracePeriodSeconds | int) $least) -}}
{{- end -}}
{{ .Values.terminationGracePeriodSeconds }}
{{- end }}
