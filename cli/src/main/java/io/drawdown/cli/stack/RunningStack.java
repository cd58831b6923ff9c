package io.drawdown.cli.stack;

import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Tokens;
import io.drawdown.embedded.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** The whole stack, started by this process and ended with it. */
public final class RunningStack implements AutoCloseable {

    private final StackLock lock;
    private final ScheduledExecutorService tokenRenewals;
    private final Console console;
    private final Supervisor supervisor;

    private RunningStack(
            StackLock lock, ScheduledExecutorService tokenRenewals, Console console, Supervisor supervisor) {
        this.lock = lock;
        this.tokenRenewals = tokenRenewals;
        this.console = console;
        this.supervisor = supervisor;
    }

    /** How a stack is run: where its lines go, and what happens to a process that ends by itself. */
    public record Manner(PrintStream terminal, boolean quiet, boolean restart) {}

    /** Returns when every process is ready; fails with one clear line, leaving nothing behind, when that cannot be. */
    public static RunningStack start(Stack stack, Manner manner) {
        StackLock lock = StackLock.take(stack.home());
        try {
            List<List<ChildSpec>> stages = stack.stages();
            stages.forEach(stage -> stage.forEach(child -> requireStartable(stack, child)));
            ScheduledExecutorService renewals = new Tokens(new KeyPairFolder(stack.keysFolder()))
                    .keepServiceToken(stack.serviceTokenFile(), Stack.SESSION_SERVICE);
            if (stack.hasForeignBroker()) {
                Topics.create(stack.kafkaBootstrapServers(), stack.topicPrefix(), stack.partitions());
            }
            Console console = new Console(stack.logsFolder(), manner.terminal(), manner.quiet());
            Supervisor supervisor = new Supervisor(stages, console, manner.restart());
            RunningStack running = new RunningStack(lock, renewals, console, supervisor);
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stack-shutdown"));
            supervisor.start();
            return running;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Returns when the stack was stopped; fails with one clear line when one of its processes ended by itself. */
    public void await() {
        supervisor.await();
    }

    /** One of its processes; what is done to it behind the back of {@link #await} counts as its own end. */
    public Child child(String name) {
        return supervisor.child(name);
    }

    @Override
    public void close() {
        supervisor.stop();
        tokenRenewals.shutdownNow();
        lock.close();
        try {
            console.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireStartable(Stack stack, ChildSpec child) {
        if (child.readiness() instanceof Readiness.Http && !Files.exists(stack.jar(child.name()))) {
            throw new StackException(child.name() + " is not built: " + stack.jar(child.name()) + " is missing");
        }
        requireFree(child.port(), child.name());
        if (child.readiness() instanceof Readiness.Http http) {
            requireFree(http.address().getPort(), "the management of " + child.name());
        }
        if (child.name().equals(Stack.BROKER)) {
            requireFree(stack.ports().controller(), "the broker's controller");
        }
    }

    private static void requireFree(int port, String owner) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StackException(
                    "Port " + port + " of " + owner
                            + " is taken: stop what listens there, or choose other ports by DRAWDOWN_PORT_BASE",
                    e);
        }
    }
}
