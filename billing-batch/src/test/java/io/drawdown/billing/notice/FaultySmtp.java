package io.drawdown.billing.notice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Stands before a real mail server and passes everything on, but for some recipients: {@code busy@…}, {@code gone@…} and {@code
 * denied@…} are answered with the replies below, and mail to {@code lost@…} gets no answer once all of it has come.
 */
final class FaultySmtp implements AutoCloseable {

    private static final Map<String, String> REPLIES = Map.of(
            "busy", "452 4.2.2 mailbox full",
            "gone", "550 5.1.1 no such user",
            "denied", "535 5.7.8 wrong password");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int target;

    /** Of the accepting and of each connection, since it was last opened. */
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    private @Nullable ServerSocket server;
    private int port;

    FaultySmtp(int target) {
        this.target = target;
        open();
    }

    int port() {
        return port;
    }

    /** After {@link #close}: connections are accepted again. */
    void open() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            port = socket.getLocalPort();
            server = socket;
            threads.add(Thread.ofVirtual().start(() -> accept(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
                threads.add(Thread.ofVirtual().start(() -> answers(behind, client)));
                threads.add(Thread.ofVirtual().start(() -> commands(client, behind)));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answers(Socket behind, Socket client) {
        try (client;
                behind) {
            behind.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException over) {
            // the other direction has closed both
        }
    }

    private static void commands(Socket client, Socket behind) {
        try (client;
                behind;
                BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
            String recipient = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("RCPT TO:<")) {
                    recipient = line.substring("RCPT TO:<".length(), line.indexOf('@'));
                }
                String reply = line.startsWith("RCPT") ? REPLIES.get(recipient) : null;
                if (reply != null) {
                    send(client.getOutputStream(), reply);
                } else if (line.equals(".") && recipient.equals("lost")) {
                    return;
                } else {
                    send(behind.getOutputStream(), line);
                }
            }
        } catch (IOException over) {
            // the other direction has closed both
        }
    }

    private static void send(OutputStream to, String line) throws IOException {
        to.write((line + "\r\n").getBytes(US_ASCII));
        to.flush();
    }

    /**
     * No connection is accepted any more, and none is left: a port is still listened to until the thread that accepts has gone, and a
     * connection that is not over yet could carry one more mail.
     */
    @Override
    public void close() {
        try {
            if (server != null) {
                server.close();
            }
            for (Thread thread = threads.poll(); thread != null; thread = threads.poll()) {
                if (!thread.join(PATIENCE)) {
                    throw new IllegalStateException("a connection is open after " + PATIENCE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
