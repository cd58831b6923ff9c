package io.drawdown.cli;

import io.drawdown.cli.process.ProcessFile;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StackLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Stops the stack that runs in another terminal. */
@Command(name = "down", description = "Stop the running stack, as Ctrl-C in its terminal does.")
final class DownCommand implements Runnable {

    private static final long PATIENCE_SECONDS = 90;

    private static void endLeftovers(List<ProcessFile.Left> left) {
        ProcessFile.end(left);
        System.out.println(
                left.isEmpty()
                        ? "The stack is not running"
                        : "The stack had been killed; stopped its remaining processes: " + ProcessFile.list(left));
    }

    @Override
    public void run() {
        Path home = Stack.ofThisProcess().home();
        Optional<ProcessHandle> owner = StackLock.owner(home);
        if (owner.isEmpty()) {
            endLeftovers(ProcessFile.in(home));
            return;
        }
        owner.get().destroy();
        try {
            owner.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            System.out.println("The stack is stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new UserFacingException(
                    "The stack (process " + owner.get().pid() + ") did not stop within " + PATIENCE_SECONDS + " s", e);
        }
    }
}
