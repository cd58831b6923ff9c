package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Console;
import io.drawdown.cli.process.PortHolder;
import io.drawdown.cli.process.ProcessFile;
import io.drawdown.cli.process.Readiness;
import io.drawdown.cli.process.Supervisor;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Tokens;
import io.drawdown.embedded.kafka.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** The stack that this process started and that ends with it. */
public final class RunningStack implements AutoCloseable {

    private static final Duration LEFTOVERS_PATIENCE = Duration.ofSeconds(20);

    private final StackLock lock;
    private final ScheduledExecutorService tokenRenewals;
    private final Console console;
    private final Supervisor supervisor;
    private final ProcessFile leftovers;

    private RunningStack(
            StackLock lock,
            ScheduledExecutorService tokenRenewals,
            Console console,
            Supervisor supervisor,
            ProcessFile leftovers) {
        this.lock = lock;
        this.leftovers = leftovers;
        this.tokenRenewals = tokenRenewals;
        this.console = console;
        this.supervisor = supervisor;
    }

    /** How a stack is run: where its lines go, and what happens to a process that ends by itself. */
    public record Manner(PrintStream terminal, boolean quiet, boolean restart) {}

    /** Returns when every process is ready; else fails with a one-line message and leaves nothing running. */
    public static RunningStack start(Stack stack, Manner manner) {
        StackLock lock = StackLock.take(stack.home());
        try {
            awaitLeftovers(stack, manner.terminal());
            stack.stages().forEach(stage -> stage.forEach(child -> requireStartable(stack, child)));
            ScheduledExecutorService renewals = new Tokens(new KeyPairFolder(stack.keysFolder()))
                    .keepServiceTokens(stack.tokenFiles(), manner.terminal()::println);
            if (stack.hasForeignBroker()) {
                Topics.create(stack.kafkaClient(), stack.topicPrefix(), stack.partitions());
            }
            Console console = new Console(stack.logsFolder(), manner.terminal(), manner.quiet());
            ProcessFile leftovers = new ProcessFile(stack.home(), console::say);
            Supervisor supervisor =
                    new Supervisor(stack.stages(), console, Supervisor.Restarts.wanted(manner.restart()), leftovers);
            RunningStack running = new RunningStack(lock, renewals, console, supervisor, leftovers);
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stack-shutdown"));
            supervisor.start();
            return running;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Returns when the stack was stopped; fails with a one-line message when one of its processes ended by itself. */
    public void await() {
        supervisor.await();
    }

    @Override
    public void close() {
        supervisor.stop();
        tokenRenewals.shutdownNow();
        console.close();
        leftovers.forget();
        lock.close();
    }

    /** Waits for the processes of a killed supervisor, which notice its end at once and need some seconds to end. */
    private static void awaitLeftovers(Stack stack, PrintStream terminal) {
        List<ProcessFile.Left> left = ProcessFile.in(stack.home());
        if (left.isEmpty()) {
            return;
        }
        terminal.println("Waiting for the processes of a killed stack: " + ProcessFile.list(left));
        if (!ProcessFile.awaitEnd(left, LEFTOVERS_PATIENCE)) {
            throw new UserFacingException("Processes of a killed stack still run: "
                    + ProcessFile.list(ProcessFile.in(stack.home())) + "; './drawdown down' stops them");
        }
    }

    private static void requireStartable(Stack stack, ChildSpec child) {
        if (child.readiness() instanceof Readiness.Http && !Files.exists(stack.jar(child.name()))) {
            throw new UserFacingException(child.name() + " is not built: " + stack.jar(child.name()) + " is missing");
        }
        requireFree(child.port(), child.name());
        stack.portsBeside(child).forEach((name, port) -> requireFree(port, name));
    }

    private static void requireFree(int port, String owner) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            String holder = PortHolder.of(port)
                    .map(process -> " by process " + process.pid()
                            + process.info()
                                    .command()
                                    .map(command -> " (" + command + ")")
                                    .orElse(""))
                    .orElse("");
            throw new UserFacingException(
                    "Port " + port + " of " + owner + " is taken" + holder
                            + ": stop what listens there, or choose other ports by DRAWDOWN_PORT_BASE",
                    e);
        }
    }
}
