package io.drawdown.embedded.mail;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/**
 * An SMTP server in this process, for tests and the local stack: it takes mail for everybody, and keeps each one in a file. There is no
 * TLS and no login.
 */
public final class EmbeddedMail implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String SINK = "everybody";

    private final GreenMail server;

    private EmbeddedMail(GreenMail server) {
        this.server = server;
    }

    /**
     * Starts a server on the loopback address.
     *
     * @param folder of the mail; {@link ReceivedMail#in} reads it
     * @param port the port, or 0 for a free one
     */
    public static EmbeddedMail start(Path folder, int port) {
        requireFree(port);
        MailFolder mail = MailFolder.in(folder);
        GreenMail server = new GreenMail(new ServerSetup(port, LOOPBACK, ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            UserManager users = server.getUserManager();
            GreenMailUser sink = users.createUser(SINK + "@localhost", SINK, SINK);
            users.setMessageDeliveryHandler((message, to) -> {
                mail.keep(message.getMessage(), to.getEmail());
                return sink;
            });
        } catch (UserException e) {
            server.stop();
            throw new IllegalStateException(e);
        }
        return new EmbeddedMail(server);
    }

    /** The server itself only says that it did not start. */
    private static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getSmtp().getPort();
    }

    @Override
    public void close() {
        server.stop();
    }
}
