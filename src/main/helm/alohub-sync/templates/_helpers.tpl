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

{{/* The three variables of the datasource, for a user whose Secret is given: (dict "root" $ "user" .Values.database.worker) */}}
{{- define "alohub-sync.datasource" -}}
- name: QUARKUS_DATASOURCE_JDBC_URL
  value: {{ required "database.jdbcUrl is missing: set it to the database, for example jdbc:postgresql://db.example.vn:5432/erp" .root.Values.database.jdbcUrl | quote }}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef: {name: {{ .user.secret | quote }}, key: {{ .user.usernameKey | quote }}}
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ .user.secret | quote }}, key: {{ .user.passwordKey | quote }}}
{{- end }}

{{/* Variables of both containers that are not the daemon's own settings: a proxy's address, the JVM's options. */}}
{{- define "alohub-sync.extraEnv" -}}
{{- range .Values.extraEnv -}}
{{- if regexMatch "^(ALOHUB|QUARKUS)_" .name -}}
{{- fail (printf "extraEnv holds %s, a setting of the daemon: write it under settings, or a secret one under secretSettings" .name) -}}
{{- end -}}
{{- if and .value (include "alohub-sync.secret" .) -}}
{{- fail (printf "extraEnv holds %s, which is secret and would be in the Deployment and in Helm's history: take it from a Secret with valueFrom" .name) -}}
{{- end -}}
{{- if and (has .name (list "JAVA_TOOL_OPTIONS" "JDK_JAVA_OPTIONS" "_JAVA_OPTIONS")) (regexMatch "-Xm[xsn]|HeapSize|RAMPercentage" (.value | default "")) -}}
{{- fail (printf "extraEnv holds %s with the size of the heap, which the image sets after it: set heap, and resources.limits.memory" .name) -}}
{{- end -}}
{{- end -}}
{{- toYaml .Values.extraEnv }}
{{- end }}

{{/* "yes" for a variable that is secret by its name, or for a proxy's address with a password: (dict "name" "HTTPS_PROXY" "value" "…") */}}
{{- define "alohub-sync.secret" -}}
{{- if or (regexMatch "(_PASSWORD|_SECRET|_TOKENS?|_API_KEY|_ENCRYPTION_KEY|_OTLP(_[A-Z]+)?_HEADERS)$" .name) (and (hasSuffix "_PROXY" (upper .name)) (contains "@" .value)) -}}
yes
{{- end -}}
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

{{/*
Whole seconds, rounded up, of a setting's time: (dict "name" "settings.ALOHUB_POLL_INTERVAL" "value" "500ms"). It takes what the daemon
takes (docs/settings.md): 10, 10ms, 10s, 1m30s, 5m, 1h, 1d, and ISO-8601: PT20S, PT1M30.5S, P1DT2H. Anything else ends the render.
*/}}
{{- define "alohub-sync.seconds" -}}
{{- $time := .value | toString | trim | upper -}}
{{- $milliseconds := 0 -}}
{{- if regexMatch "^[0-9]{1,9}(MS)?$" $time -}}
{{-   $number := regexFind "[1-9][0-9]*" $time | default "0" | int64 -}}
{{-   $milliseconds = mul $number (ternary 1 1000 (hasSuffix "MS" $time)) -}}
{{- else if and (regexMatch "[0-9]" $time) (regexMatch "^(P([0-9]{1,9}D)?(T([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}([.,][0-9]{0,9})?S)?)?|([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}([.][0-9]{1,9})?S)?|[0-9]{1,9}D)$" $time) -}}
{{-   range $unit, $each := dict "D" 86400000 "H" 3600000 "M" 60000 "S" 1000 -}}
{{-     $part := regexFind (printf "[0-9]+([.,][0-9]*)?%s" $unit) $time -}}
{{-     $whole := regexReplaceAll "[^0-9].*$" $part "" | regexFind "[1-9][0-9]*" | default "0" | int64 -}}
{{-     $milliseconds = add $milliseconds (mul $whole $each) (ternary 1 0 (regexMatch "[.,][0-9]*[1-9]" $part)) -}}
{{-   end -}}
{{- else -}}
{{-   fail (printf "%s (%v) is no time: write it as 500ms, 20s, 5m, 1h, 1d, 20 (seconds) or PT20S" .name .value) -}}
{{- end -}}
{{ div (add $milliseconds 999) 1000 }}
{{- end }}

{{/* A stop takes the longest call, a poll interval and 8 s (2 s more to send spans): killed before, it leaves phones to wait out a quarantine. */}}
{{- define "alohub-sync.grace" -}}
{{- $deadline := include "alohub-sync.seconds" (dict "name" "settings.ALOHUB_DELIVERY_CALL_DEADLINE" "value" (get .Values.settings "ALOHUB_DELIVERY_CALL_DEADLINE" | toString | default "20s")) | int -}}
{{- $poll := include "alohub-sync.seconds" (dict "name" "settings.ALOHUB_POLL_INTERVAL" "value" (get .Values.settings "ALOHUB_POLL_INTERVAL" | toString | default "1s")) | int -}}
{{- $traces := ternary 2 0 (has (get .Values.settings "ALOHUB_TRACING_ENABLED" | toString | lower | trim) (list "true" "1" "yes" "y" "on")) -}}
{{- $least := add $deadline $poll 13 $traces | int -}}
{{- if lt (.Values.terminationGracePeriodSeconds | int) $least -}}
{{- fail (printf "terminationGracePeriodSeconds is %d: set it to at least %d, the call deadline and what a stop takes besides" (.Values.terminationGracePeriodSeconds | int) $least) -}}
{{- end -}}
{{ .Values.terminationGracePeriodSeconds }}
{{- end }}

{{/* Whole mebibytes of a quantity of memory: (dict "name" "resources.limits.memory" "value" "384Mi") */}}
{{- define "alohub-sync.mebibytes" -}}
{{- $quantity := .value | toString -}}
{{- if not (regexMatch "^[0-9]+(Ki|Mi|Gi|k|M|G)?$" $quantity) -}}
{{-   fail (printf "%s (%s) is no quantity of memory: write it as 384Mi or 1Gi" .name $quantity) -}}
{{- end -}}
{{- $number := regexFind "[1-9][0-9]*" $quantity | default "0" | int64 -}}
{{- $unit := regexFind "[A-Za-z]+$" $quantity | default "B" -}}
{{- div (mul $number (get (dict "B" 1 "k" 1000 "Ki" 1024 "M" 1000000 "Mi" 1048576 "G" 1000000000 "Gi" 1073741824) $unit)) 1048576 -}}
{{- end }}

{{/* The container's resources. Beside its heap the process took up to 194 MB; the rest is room for a command in the container. */}}
{{- define "alohub-sync.resources" -}}
{{- with .Values.heap -}}
{{-   $heap := include "alohub-sync.mebibytes" (dict "name" "heap" "value" (printf "%si" (. | replace "m" "M" | replace "g" "G"))) | int -}}
{{-   $limit := include "alohub-sync.mebibytes" (dict "name" "resources.limits.memory" "value" $.Values.resources.limits.memory) | int -}}
{{-   if lt $heap 96 -}}
{{-     fail (printf "heap is %s: set it to at least 96m, or leave it empty" .) -}}
{{-   end -}}
{{-   if lt $limit (add $heap 416 | int) -}}
{{-     fail (printf "resources.limits.memory is too little for a heap of %s: set it to at least %dMi" . (add $heap 416 | int)) -}}
{{-   end -}}
{{- end -}}
{{- toYaml .Values.resources -}}
{{- end }}

{{/* The ports of addresses, each once, as a list: (dict "addresses" (list "https://crm.example.vn") "usual" "443") */}}
{{- define "alohub-sync.ports" -}}
{{- $ports := list -}}
{{- range .addresses -}}
{{-   $hosts := regexFind "//[^/?#]*" . | trimPrefix "//" -}}
{{-   $usual := ternary "80" $.usual (hasPrefix "http:" (lower .)) -}}
{{-   range splitList "," $hosts -}}
{{-     $ports = append $ports (regexFind ":[0-9]+$" . | trimPrefix ":" | default $usual) -}}
{{-   end -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end }}

{{/* Matchers of this installation's series: namespace and job as the ServiceMonitor gives them, unless values name other labels. */}}
{{- define "alohub-sync.matchers" -}}
{{- $matchers := list -}}
{{- range $label, $value := .Values.monitoring.seriesLabels | default (dict "namespace" .Release.Namespace "job" (include "alohub-sync.fullname" .)) -}}
{{-   $matchers = append $matchers (printf "%s=%q" $label $value) -}}
{{- end -}}
{{- join "," $matchers -}}
{{- end }}

{{/* PromQL, or a text that holds some, about this installation alone: (dict "root" $ "text" "max(alohub_sync_due_now)") */}}
{{- define "alohub-sync.own" -}}
{{- $matchers := include "alohub-sync.matchers" .root -}}
{{- $text := regexReplaceAll "(alohub_sync_[a-z_]+)\\{" .text (printf "${1}{%s," $matchers) -}}
{{- $text = regexReplaceAll "(alohub_sync_[a-z_]+)([^a-z_{])" $text (printf "${1}{%s}${2}" $matchers) -}}
{{- $text | replace "(up)" (printf "(up{%s})" $matchers) -}}
{{- end }}

{{/* An egress rule: (dict "to" $peers "ports" (list "443")) */}}
{{- define "alohub-sync.egress" -}}
- to:
    {{- toYaml .to | nindent 4 }}
  ports:
    {{- range .ports }}
    - {protocol: TCP, port: {{ . }}}
    {{- end }}
{{- end }}
