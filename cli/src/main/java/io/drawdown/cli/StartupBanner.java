package io.drawdown.cli;

import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StackPorts;

/** The text that {@code up} prints once the stack is ready: its addresses, and commands to paste into another terminal. */
final class StartupBanner {

    private StartupBanner() {}

    static String of(Stack stack) {
        int credits = stack.ports().creditsService();
        return """

                Drawdown is ready. Ctrl-C stops it.

                  credits-service    http://localhost:%1$d/api/v1    metrics http://localhost:%7$d/q/metrics
                  session-service    %2$s
                  checkpoint-worker  http://localhost:%3$d/api/v1/checkpoints/runs
                  database           %4$s
                  broker             %5$s
                  logs               %6$s

                To paste into another terminal:

                  T=$(./drawdown token gateway)
                  curl -sX PUT localhost:%1$d/api/v1/accounts/ada -H "Authorization: Bearer $T" --json '{"grants":[{"kind":"purchased","amount":90}]}'
                  curl -sX POST localhost:%1$d/api/v1/accounts/ada/charges -H "Authorization: Bearer $T" -H 'Idempotency-Key: search-1' --json '{"meter":"ai_search"}'
                  curl -sX POST localhost:%1$d/api/v1/accounts/ada/charges -H "Authorization: Bearer $T" -H 'Idempotency-Key: search-1' --json '{"meter":"ai_search"}'
                  curl -s localhost:%1$d/api/v1/accounts/ada/ledger -H "Authorization: Bearer $T"
                  ./drawdown session --account ada --kind live_dubbing
                  ./drawdown demo
                  ./drawdown check
                """.formatted(
                        credits,
                        stack.liveSessions(),
                        stack.ports().checkpointWorker(),
                        stack.mongodbUri(),
                        stack.kafkaBootstrapServers(),
                        stack.logsFolder(),
                        StackPorts.management(credits));
    }
}
