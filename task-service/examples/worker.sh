#!/bin/sh
# A worker of task-service that lives elsewhere. It leases one task at a time, does it with a command, extends the lease
# meanwhile, and says how it ended. It needs curl.
#
#   TASKS=http://127.0.0.1:8104/api/v1/tasks TOKEN=… ./worker.sh TYPE COMMAND
#
# The command reads the payload, and prints the result, a JSON object. $EFFECT_KEY begins the keys of its effects.
set -u
type=$1 command=$2
worker=${WORKER:-worker-$$} extend_every=${EXTEND_EVERY:-10}
requests=0 started=$(date +%s) files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
trap 'exit 0' INT TERM

post() { # path, body, header
    curl -sS -m 40 -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
        -H "${3:-Accept: application/json}" -d "$2" "$TASKS/$1"
}

# Says it until there is an answer that will not change: the same again is answered in the same way.
say() { # path, body
    while :; do
        answer=$(post "$1" "$2") && case $answer in *'"status":5'*) ;; *) break ;; esac
        sleep 1
    done
    echo "$1: $answer"
}

# Extends the lease until the work is to stop: someone cancels the task, or it is another worker's now.
extend() { # id, fence, process
    while sleep "$extend_every"; do
        case $(post "$1/extend" "{\"fence\":$2}") in
            *'"cancel_asked":false,"leased_until":'* | '' | *'"status":5'*) ;;
            *) kill "$3"; return ;;
        esac
    done
}

while :; do
    requests=$((requests + 1))
    wish="{\"worker\":\"$worker\",\"types\":[\"$type\"],\"wait_seconds\":20}"
    # The key finds the lease again if its answer was lost. No other request may have it, not even of an earlier process.
    until lease=$(post leases "$wish" "Idempotency-Key: $started-$$-$requests"); [ "${lease#*\"items\":}" != "$lease" ]; do sleep 1; done
    [ "$lease" != '{"items":[]}' ] || continue
    id=${lease#*\"id\":\"} fence=${lease#*\"fence\":}
    id=${id%%\"*} fence=${fence%%,*}
    payload=${lease#*\"payload\":} payload=${payload%,\"deadline\":*}
    EFFECT_KEY=$id sh -c "$command" <<END >"$files/result" 2>"$files/error" &
$payload
END
    work=$!
    extend "$id" "$fence" "$work" & extending=$!
    if wait "$work"; then
        say "$id/complete" "{\"fence\":$fence,\"result\":$(cat "$files/result")}"
    else
        say "$id/fail" "{\"fence\":$fence,\"message\":\"failed: $(tr -dc '[:alnum:] .:,_-' <"$files/error" | head -c 300)\"}"
    fi
    kill "$extending" 2>/dev/null
done
