package io.drawdown.cli.stack;

import io.drawdown.cli.files.FileFault;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.contracts.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * How another command tells a running stack to restart services: a socket in the home folder, which only its owner may open.
 * One line asks, a line for each step answers, and the last one says whether it is done. One command at a time.
 */
public final class StackControl implements AutoCloseable {

    private static final String DONE = "done";
    private static final String FAILED = "failed: ";

    private final Path file;
    private final ServerSocketChannel server;
    private final RollingRestart restart;

    private StackControl(Path file, ServerSocketChannel server, RollingRestart restart) {
        this.file = file;
        this.server = server;
        this.restart = restart;
    }

    /** Serves the home folder, of which the caller has the lock. Nothing if the system cannot, which is told. */
    static Optional<StackControl> serve(Path home, RollingRestart restart, Consumer<String> problems) {
        Path file = file(home);
        try {
            Files.deleteIfExists(file);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(file));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            StackControl control = new StackControl(file, server, restart);
            Thread.ofVirtual().name("stack-control").start(control::accept);
            return Optional.of(control);
        } catch (IOException | UnsupportedOperationException e) {
            problems.accept("'./drawdown restart' is not possible: " + file + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Asks the running stack to restart these, one after the other; hands on each line that it says. */
    public static void restart(Path home, List<Service> services, Consumer<String> progress) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file(home)));
                PrintStream out = new PrintStream(Channels.newOutputStream(channel), true, UTF_8);
                BufferedReader in = new BufferedReader(Channels.newReader(channel, UTF_8))) {
            out.println(
                    String.join(" ", services.stream().map(Service::serviceName).toList()));
            String line = in.readLine();
            for (; line != null && !line.equals(DONE) && !line.startsWith(FAILED); line = in.readLine()) {
                progress.accept(line);
            }
            if (!DONE.equals(line)) {
                throw new UserFacingException(
                        line == null ? "The stack ended meanwhile" : line.substring(FAILED.length()));
            }
        } catch (IOException e) {
            throw new UserFacingException(
                    "The stack cannot be asked at " + file(home) + ": " + FileFault.reasonOf(e), e);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept();
                    PrintStream out = new PrintStream(Channels.newOutputStream(client), true, UTF_8);
                    BufferedReader in = new BufferedReader(Channels.newReader(client, UTF_8))) {
                String line = in.readLine();
                if (line != null) {
                    answer(line, out);
                }
            } catch (IOException gone) {
                // the next may come
            }
        }
    }

    private void answer(String line, PrintStream out) {
        try {
            for (String name : line.split(" ", -1)) {
                restart.of(service(name), out::println);
            }
            out.println(DONE);
        } catch (UserFacingException e) {
            out.println(FAILED + e.getMessage());
        } catch (RuntimeException e) { // the next command is served in any case
            out.println(FAILED + e);
        }
    }

    private static Service service(String name) {
        return Arrays.stream(Service.values())
                .filter(service -> service.serviceName().equals(name))
                .findAny()
                .orElseThrow(() -> new UserFacingException("'" + name + "' is no service"));
    }

    private static Path file(Path home) {
        return home.resolve("control");
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UserFacingException(file + " cannot be removed: " + FileFault.reasonOf(e), e);
        }
    }
}
