package io.drawdown.cli;

import io.drawdown.cli.play.CheckTable;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the consistency check and prints its report as a table. */
@Command(name = "check", description = "Derive every balance from the ledger again and compare.")
final class CheckCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        StackAccess operator = StackAccess.as(Role.OPERATOR, Stack.ofThisProcess())
                .requireReady(Service.CREDITS_SERVICE, Service.SESSION_SERVICE);
        return new CheckTable(operator.credits(), System.out).run();
    }
}
