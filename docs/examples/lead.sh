#!/bin/sh
# Alohub's own call, with the address and the token of alohub-sync.
set -eu
curl --silent --show-error --fail-with-body -X POST "$INTAKE_URL/api/crm/lead" \
  -H 'accept: */*' \
  -H "Authorization: $INTAKE_TOKEN" \
  -H 'Content-Type: application/json' \
  -d '{"phone": "0868793800", "email": "bang@gmail.com", "name": "bang do"}'
