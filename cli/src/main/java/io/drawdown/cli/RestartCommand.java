package io.drawdown.cli;

import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StackControl;
import io.drawdown.cli.stack.StackLock;
import io.drawdown.contracts.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Restarts services of the running stack, each instance in turn. */
@Command(
        name = "restart",
        description = "Restart services of the running stack, each instance in turn (see up --instances).")
final class RestartCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Those to restart, e.g. session-service (all).")
    private List<String> services = List.of();

    @Override
    public void run() {
        List<Service> wanted = ServiceNames.parse(Objects.requireNonNull(spec), services);
        Path home = Stack.ofThisProcess().home();
        if (StackLock.owner(home).isEmpty()) {
            throw new UserFacingException("The stack is not running: start it with './drawdown up --instances 2'");
        }
        StackControl.restart(home, wanted, System.out::println);
    }
}
