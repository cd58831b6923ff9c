package io.drawdown.cli;

import io.drawdown.cli.play.InteractiveSession;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one live session that its user controls by keys. */
@Command(name = "session", description = "Open a live session and show its frames; t Enter tops up, q Enter ends.")
final class SessionCommand implements Callable<Integer> {

    @Option(names = "--account", required = true, description = "The account that pays.")
    String account = "";

    @Option(names = "--kind", defaultValue = "live_dubbing", description = "The kind of session (${DEFAULT-VALUE}).")
    String kind = "";

    @Override
    public Integer call() {
        Stack stack = Stack.ofThisProcess();
        StackAccess gateway =
                StackAccess.as(Role.GATEWAY, stack).requireReady(Service.CREDITS_SERVICE, Service.SESSION_SERVICE);
        return new InteractiveSession(gateway.credits(), stack.liveSessions(), gateway.token(), System.out)
                .run(account, kind);
    }
}
