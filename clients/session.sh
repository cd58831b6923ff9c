#!/usr/bin/env bash
# One session from a shell, on the local stack (./drawdown up): open an account, run a session for some seconds, read the ledger.
# usage: clients/session.sh [account] [seconds]
set -euo pipefail
cd "$(dirname "$0")/.."
account=${1:-shell-$RANDOM}
seconds=${2:-8}
api=http://localhost:$((${DRAWDOWN_PORT_BASE:-8100} + 1))/api/v1
authorization="Authorization: Bearer $(./drawdown token gateway)"

curl -fsSX PUT "$api/accounts/$account" -H "$authorization" --json '{"grants":[{"kind":"purchased","amount":20}]}'
echo
{ sleep "$seconds"; echo q; } | ./drawdown session --account "$account" --kind live_dubbing
curl -fsS "$api/accounts/$account/ledger?limit=10" -H "$authorization"
echo
