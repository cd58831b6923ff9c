package io.drawdown.cli;

import io.drawdown.cli.client.Api;
import io.drawdown.cli.play.CheckTable;
import io.drawdown.cli.play.MoneyTable;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the consistency check and prints its report as a table; so it does with what the stand-in for Stripe has taken. */
@Command(
        name = "check",
        description =
                "Derive every balance from the ledger again and compare; count what the stand-in for Stripe took for one thing.")
final class CheckCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Stack stack = Stack.ofThisProcess();
        StackAccess operator =
                StackAccess.as(Role.OPERATOR, stack).requireReady(Service.CREDITS_SERVICE, Service.SESSION_SERVICE);
        int ledger = new CheckTable(operator.credits(), System.out).run();
        int money = stack.standIns()
                .stripe()
                .map(address -> new MoneyTable(new Api(address, ""), System.out).run())
                .orElse(0);
        return Math.max(ledger, money);
    }
}
