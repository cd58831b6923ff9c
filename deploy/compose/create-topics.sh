#!/usr/bin/env bash
# Creates the topics of topics.txt that are missing, and leaves the others as they are.
set -euo pipefail
kafka_topics=(/opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092)
present=$("${kafka_topics[@]}" --list)
while read -r topic retention; do
  if ! grep -qxF "$topic" <<<"$present"; then
    "${kafka_topics[@]}" --create --if-not-exists --topic "$topic" --partitions "$PARTITIONS" --replication-factor 1 \
      --config "retention.ms=$retention" </dev/null
  fi
done <"$(dirname "$0")/topics.txt"
