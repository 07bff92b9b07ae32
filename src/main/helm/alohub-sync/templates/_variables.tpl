{{/* The daemon's variables that the chart sets by its values. */}}
{{- define "alohub-sync.variables" -}}
{{ include "alohub-sync.datasource" (dict "root" $ "user" .Values.database.worker) }}
- {name: ALOHUB_DATABASE_MIGRATE, value: "false"}
# Not ready for so long before it stops: the cluster takes it out of the Service meanwhile.
- {name: QUARKUS_SHUTDOWN_DELAY, value: 5s}
{{- with .Values.alohub.baseUrl }}
- name: ALOHUB_BASE_URL
  value: {{ . | quote }}
- {name: ALOHUB_API_KEY_FILE, value: /etc/alohub-sync/keys/default/key}
{{- end }}
{{- range $name, $account := .Values.accounts }}
{{- $prefix := printf "ALOHUB_ACCOUNTS_%s" (upper $name) }}
- name: {{ $prefix }}_BASE_URL
  value: {{ $account.baseUrl | quote }}
- {name: {{ $prefix }}_API_KEY_FILE, value: /etc/alohub-sync/keys/{{ $name }}/key}
{{- range $setting, $value := $account.settings }}
- name: {{ $prefix }}_{{ $setting }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- with .Values.notify }}
{{- if .mail.to }}
- name: ALOHUB_NOTIFY_MAIL_TO
  value: {{ join "," .mail.to | quote }}
- name: ALOHUB_NOTIFY_MAIL_FROM
  value: {{ required "notify.mail.from is missing: set it to the address that mails come from" .mail.from | quote }}
- name: QUARKUS_MAILER_HOST
  value: {{ required "notify.mail.host is missing: set it to the mail server, for example smtp.example.vn" .mail.host | quote }}
- {name: QUARKUS_MAILER_PORT, value: {{ .mail.port | quote }}}
{{- end }}
{{- with .webhook.url }}
- name: ALOHUB_NOTIFY_WEBHOOK_URL
  value: {{ . | quote }}
{{- end }}
{{- if .webhook.secret.name }}
- {name: ALOHUB_NOTIFY_WEBHOOK_SECRET_FILE, value: /etc/alohub-sync/webhook/secret}
{{- end }}
- {name: ALOHUB_NOTIFY_LANGUAGE, value: {{ .language }}}
{{- end }}
{{- with .Values.console }}
{{- if and .oidc.url (not .secret) }}
{{- fail "console.secret is missing: set it to the Secret with the keys client-secret and encryption-key" }}
{{- end }}
{{- if .secret }}
- {name: ALOHUB_CONSOLE_ENCRYPTION_KEY_FILE, value: /etc/alohub-sync/console/encryption-key}
{{- if .oidc.url }}
- name: ALOHUB_CONSOLE_OIDC_URL
  value: {{ .oidc.url | quote }}
- name: ALOHUB_CONSOLE_OIDC_CLIENT_ID
  value: {{ required "console.oidc.clientId is missing: set it to the client's name at the provider" .oidc.clientId | quote }}
- {name: ALOHUB_CONSOLE_OIDC_CLIENT_SECRET_FILE, value: /etc/alohub-sync/console/client-secret}
{{- end }}
{{- if kindIs "bool" .users | ternary .users (not (or .oidc.url (get $.Values.settings "ALOHUB_CONSOLE_PROXY_NETWORKS"))) }}
- {name: ALOHUB_CONSOLE_USERS_FILE, value: /etc/alohub-sync/console/users}
{{- end }}
- {name: ALOHUB_CONSOLE_LANGUAGE, value: {{ .language }}}
{{- with .forwarders }}
- name: ALOHUB_CONSOLE_FORWARDERS
  value: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All variables of the daemon: those, the settings, and extraEnv. Ends the render where a name comes twice: the API server refuses that
or takes either.
*/}}
{{- define "alohub-sync.env" -}}
{{- $variables := include "alohub-sync.variables" . -}}
{{- $instead := dict -}}
{{- range list "notify.mail.to" "notify.mail.from" "notify.webhook.url" "notify.language" "console.forwarders" "console.language" "console.oidc.url" -}}
{{-   $_ := set $instead (printf "ALOHUB_%s" (upper . | replace "." "_")) . -}}
{{- end -}}
{{- $_ := merge $instead (dict "QUARKUS_MAILER_HOST" "notify.mail.host" "QUARKUS_MAILER_PORT" "notify.mail.port" "ALOHUB_NOTIFY_WEBHOOK_SECRET_FILE" "notify.webhook.secret" "ALOHUB_CONSOLE_OIDC_CLIENT_ID" "console.oidc.clientId" "ALOHUB_CONSOLE_USERS_FILE" "the key users of the Secret console.secret" "ALOHUB_CONSOLE_ENCRYPTION_KEY_FILE" "the key encryption-key of the Secret console.secret" "ALOHUB_CONSOLE_OIDC_CLIENT_SECRET_FILE" "the key client-secret of the Secret console.secret") -}}
{{- range $setting, $value := .Values.settings -}}
{{-   if has $setting (list "QUARKUS_SHUTDOWN_DELAY" "QUARKUS_HTTP_HOST" "QUARKUS_MANAGEMENT_HOST") -}}
{{-     fail (printf "settings holds %s, which the chart sets for its probes and its grace: leave it out" $setting) -}}
{{-   end -}}
{{-   if include "alohub-sync.secret" (dict "name" $setting "value" (toString $value)) -}}
{{-     fail (printf "settings holds %s, which is secret and would be in the Deployment and in Helm's history: put it into a Secret and name that under secretSettings" $setting) -}}
{{-   end -}}
{{-   if eq $setting "ALOHUB_NOTIFY_WEBHOOK_URL" -}}
{{-     fail "settings holds ALOHUB_NOTIFY_WEBHOOK_URL: use notify.webhook.url instead, or where the address holds a token a Secret of secretSettings" -}}
{{-   end -}}
{{- end -}}
{{- range $variables | fromYamlArray -}}
{{-   if hasKey $.Values.settings .name -}}
{{-     fail (printf "settings holds %s, which the chart sets: use %s instead" .name (get $instead .name)) -}}
{{-   end -}}
{{- end -}}
{{- $names := dict -}}
{{- range .Values.extraEnv -}}
{{-   if or (hasKey $names .name) (hasKey $.Values.settings .name) -}}
{{-     fail (printf "extraEnv holds %s, which is set twice: leave out one of them" .name) -}}
{{-   end -}}
{{-   $_ := set $names .name true -}}
{{- end -}}
{{ $variables }}
{{- range $setting, $value := .Values.settings }}
- name: {{ $setting }}
  value: {{ $value | quote }}
{{- end }}
{{- with .Values.extraEnv }}
{{ include "alohub-sync.extraEnv" $ }}
{{- end }}
{{- end }}
