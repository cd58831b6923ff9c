package io.drawdown.cli.stack;

import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Console;
import io.drawdown.cli.process.PortHolder;
import io.drawdown.cli.process.ProcessFile;
import io.drawdown.cli.process.Supervisor;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.proxy.ReverseProxy;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Tokens;
import io.drawdown.contracts.Service;
import io.drawdown.embedded.kafka.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** The stack that this process started and that ends with it. */
public final class RunningStack implements AutoCloseable {

    private static final Duration LEFTOVERS_PATIENCE = Duration.ofSeconds(20);

    private final StackLock lock;
    private final ScheduledExecutorService tokenRenewals;
    private final Console console;
    private final Supervisor supervisor;
    private final ProcessFile leftovers;
    private final Front front;

    private RunningStack(
            StackLock lock,
            ScheduledExecutorService tokenRenewals,
            Console console,
            Supervisor supervisor,
            ProcessFile leftovers,
            Front front) {
        this.lock = lock;
        this.leftovers = leftovers;
        this.tokenRenewals = tokenRenewals;
        this.console = console;
        this.supervisor = supervisor;
        this.front = front;
    }

    /** What is asked from outside: the proxy, if there is one, and the socket for commands. */
    record Front(Optional<ReverseProxy> proxy, Optional<StackControl> control) {

        void close() {
            control.ifPresent(StackControl::close);
            proxy.ifPresent(ReverseProxy::close);
        }
    }

    /** How a stack is run: where its lines go, and what happens to a process that ends by itself. */
    public record Manner(PrintStream terminal, boolean quiet, boolean restart) {}

    /** Returns when every process is ready; else fails with a one-line message and leaves nothing running. */
    public static RunningStack start(Stack stack, Manner manner) {
        StackLock lock = StackLock.take(stack.home());
        try {
            awaitLeftovers(stack, manner.terminal());
            requireBuilt(stack);
            stack.stages().forEach(stage -> stage.forEach(child -> requireFree(stack, child)));
            ScheduledExecutorService renewals = new Tokens(new KeyPairFolder(stack.keysFolder()))
                    .keepServiceTokens(stack.tokenFiles(), manner.terminal()::println);
            if (stack.hasForeignBroker()) {
                Topics.create(stack.kafkaClient(), stack.topicPrefix(), stack.partitions());
            }
            Console console = new Console(stack.logsFolder(), manner.terminal(), manner.quiet());
            ProcessFile leftovers = new ProcessFile(stack.home(), console::say);
            Supervisor supervisor =
                    new Supervisor(stack.stages(), console, Supervisor.Restarts.wanted(manner.restart()), leftovers);
            Optional<ReverseProxy> proxy = ReverseProxy.inFrontOf(stack.host(), stack.proxySites());
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stack-shutdown"));
            RollingRestart restart = new RollingRestart(stack.instances(), proxy, supervisor::restart);
            Front front = start(supervisor, proxy, () -> StackControl.serve(stack.home(), restart, console::say));
            return new RunningStack(lock, renewals, console, supervisor, leftovers, front);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whatever fails, nothing runs then. */
    static Front start(Supervisor supervisor, Optional<ReverseProxy> proxy, Supplier<Optional<StackControl>> control) {
        try {
            supervisor.start();
            return new Front(proxy, control.get());
        } catch (RuntimeException e) {
            supervisor.stop();
            proxy.ifPresent(ReverseProxy::close);
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
        front.close();
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

    private static void requireBuilt(Stack stack) {
        for (Service service : Service.values()) {
            Path jar = stack.jar(service.serviceName());
            if (!Files.exists(jar)) {
                throw new UserFacingException(service.serviceName() + " is not built: " + jar + " is missing");
            }
        }
    }

    private static void requireFree(Stack stack, ChildSpec child) {
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
