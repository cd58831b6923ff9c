package io.drawdown.cli;

import io.drawdown.cli.play.CheckTable;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The consistency check as a table. */
@Command(name = "check", description = "Derive every balance from the ledger again and compare.")
final class CheckCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Access operator = Access.as(Role.OPERATOR, Stack.ofThisProcess()).requireReady();
        return new CheckTable(operator.credits(), System.out).run();
    }
}
