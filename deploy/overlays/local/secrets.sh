#!/bin/bash
# Prints the secrets of the local overlay, from the keys that ./drawdown up makes: ./secrets.sh | kubectl apply -f -
set -euo pipefail
keys=${DRAWDOWN_HOME:-$(dirname "${BASH_SOURCE[0]}")/../../../.drawdown}/keys
[ -r "$keys/public.pem" ] || { echo "secrets.sh: $keys/public.pem is missing; ./drawdown up makes it" >&2; exit 1; }
secret() {
  kubectl create secret generic "$1" --namespace drawdown --dry-run=client -o yaml "${@:2}"
  echo ---
}
mongodb=mongodb://mongodb:27017
secret drawdown-jwt --from-file=public.pem="$keys/public.pem"
secret credits-service --from-literal=mongodb-uri=$mongodb
secret session-service --from-literal=mongodb-uri=$mongodb --from-file=token="$keys/session-service.token"
secret checkpoint-worker --from-literal=mongodb-uri=$mongodb
secret task-service --from-literal=mongodb-uri=$mongodb
secret billing-batch --from-literal=mongodb-uri=$mongodb --from-file=token="$keys/billing-batch.token"
secret billing-worker --from-file=secret="$keys/worker-secret"
