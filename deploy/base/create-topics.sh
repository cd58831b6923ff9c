#!/bin/bash
# Creates the topics that are missing and leaves the others as they are. Replicas are as the broker's default says.
set -euo pipefail
: "${KAFKA_BOOTSTRAP_SERVERS:?}" "${DRAWDOWN_KAFKA_PARTITIONS:?}" "${TOPICS_FILE:?}"
client=$(mktemp)
for key in security.protocol sasl.mechanism sasl.jaas.config ssl.truststore.type ssl.truststore.location; do
  variable=KAFKA_$(printf %s "$key" | tr a-z. A-Z_)
  if [ -n "${!variable:-}" ]; then printf '%s=%s\n' "$key" "${!variable}" >>"$client"; fi
done
while read -r topic retention; do
  case $topic in '' | \#*) continue ;; esac
  "${KAFKA_BIN:-/opt/kafka/bin}/kafka-topics.sh" --bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" --command-config "$client" \
    --create --if-not-exists --topic "${DRAWDOWN_TOPIC_PREFIX:-}$topic" \
    --partitions "$DRAWDOWN_KAFKA_PARTITIONS" --config "retention.ms=$retention" </dev/null
done <"$TOPICS_FILE"
