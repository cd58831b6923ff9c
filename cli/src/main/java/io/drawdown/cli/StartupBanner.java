package io.drawdown.cli;

import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StackPorts;
import io.drawdown.contracts.Service;
import java.util.stream.Collectors;

/** The text that {@code up} prints when the stack is ready: its addresses, and commands to paste into another terminal. */
final class StartupBanner {

    private StartupBanner() {}

    static String of(Stack stack) {
        return "%nDrawdown is ready. Ctrl-C stops it.%n%n".formatted() + addresses(stack) + commands(stack);
    }

    private static String addresses(Stack stack) {
        StringBuilder lines = new StringBuilder();
        for (Service service : Service.values()) {
            int port = stack.ports().of(service);
            String metrics = stack.instances().of(service).stream()
                    .map(name -> "http://localhost:"
                            + StackPorts.management(stack.child(name).port()) + "/q/metrics")
                    .collect(Collectors.joining(" "));
            lines.append("  %-18s http://localhost:%d/api/v1    metrics %s%n"
                    .formatted(service.serviceName(), port, metrics));
        }
        stack.standIns().stripe().ifPresent(url -> lines.append("  %-18s %s%n".formatted("Stripe stand-in", url)));
        stack.standIns().slack().ifPresent(url -> lines.append("  %-18s %s%n".formatted("Slack stand-in", url)));
        stack.standIns()
                .mailFolder()
                .ifPresent(folder -> lines.append("  %-18s smtp://127.0.0.1:%d    kept in %s%n"
                        .formatted("mail", stack.ports().mail(), folder)));
        return lines
                + """
                  live sessions      %s
                  database           %s
                  broker             %s
                  logs               %s
                """.formatted(
                        stack.liveSessions(), stack.mongodbUri(), stack.kafkaBootstrapServers(), stack.logsFolder());
    }

    private static String commands(Stack stack) {
        return """

                To paste into another terminal:

                  T=$(./drawdown token gateway)
                  curl -sX PUT localhost:%1$d/api/v1/accounts/ada -H "Authorization: Bearer $T" --json '{"grants":[{"kind":"purchased","amount":90}]}'
                  curl -sX POST localhost:%1$d/api/v1/accounts/ada/charges -H "Authorization: Bearer $T" -H 'Idempotency-Key: search-1' --json '{"meter":"ai_search"}'
                  curl -sX POST localhost:%1$d/api/v1/accounts/ada/charges -H "Authorization: Bearer $T" -H 'Idempotency-Key: search-1' --json '{"meter":"ai_search"}'
                  curl -s localhost:%1$d/api/v1/accounts/ada/ledger -H "Authorization: Bearer $T"
                  ./drawdown session --account ada --kind live_dubbing
                  ./drawdown demo
                  ./drawdown check
                """.formatted(stack.ports().of(Service.CREDITS_SERVICE));
    }
}
