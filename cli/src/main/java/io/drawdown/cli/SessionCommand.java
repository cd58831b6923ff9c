package io.drawdown.cli;

import io.drawdown.cli.play.HandHeldSession;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One live session in a person's hand. */
@Command(name = "session", description = "Open a live session and show its frames; t Enter tops up, q Enter ends.")
final class SessionCommand implements Callable<Integer> {

    @Option(names = "--account", required = true, description = "Who pays.")
    String account = "";

    @Option(names = "--kind", defaultValue = "live_dubbing", description = "What is used (${DEFAULT-VALUE}).")
    String kind = "";

    @Override
    public Integer call() {
        Stack stack = Stack.ofThisProcess();
        Access gateway = Access.as(Role.GATEWAY, stack).requireReady();
        return new HandHeldSession(gateway.credits(), stack.liveSessions(), gateway.token(), System.out)
                .run(account, kind);
    }
}
