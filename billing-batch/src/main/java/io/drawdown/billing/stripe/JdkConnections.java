package io.drawdown.billing.stripe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The JDK's HTTP client, which Stripe's library uses, sends a POST a second time when the connection closes before the answer, and
 * keeps five connections only. Both are settings of the whole process that are read once, so they are made here before the first
 * call, and proved by a request to this process itself: a service in which they are not in force must not start, however it was
 * started.
 */
final class JdkConnections {

    private static final String RETRY_POST = "sun.net.http.retryPost";
    private static final String MOST = "http.maxConnections";
    private static final int JDK_KEEPS = 5;
    private static final int PROBE_MILLIS = 5_000;

    private JdkConnections() {}

    /** @throws IllegalStateException a POST would be sent twice, or connections are not kept */
    static void require(int connections) {
        System.setProperty(RETRY_POST, "false");
        if (Integer.getInteger(MOST, 0) < connections) {
            System.setProperty(MOST, String.valueOf(connections));
        }
        if (timesAPostIsSent() != 1) {
            throw new IllegalStateException(
                    "the JVM would send a POST twice: start it with -D" + RETRY_POST + "=false");
        }
        if (!KeptConnections.areKept(JDK_KEEPS + 1)) {
            throw new IllegalStateException(
                    "the JVM keeps too few connections: start it with -D" + MOST + "=" + connections);
        }
    }

    /** How often a request arrives whose connection is closed unanswered. */
    static int timesAPostIsSent() {
        AtomicInteger arrived = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(PROBE_MILLIS);
            Thread.ofVirtual().name("connection-probe").start(() -> hangUp(server, arrived));
            post(server);
        } catch (IOException expected) {
            return arrived.get();
        }
        throw new IllegalStateException("a connection that was closed has answered");
    }

    private static void post(ServerSocket server) throws IOException {
        URI uri = URI.create("http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PROBE_MILLIS);
        connection.setReadTimeout(PROBE_MILLIS);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
            body.write('!');
        }
        connection.getResponseCode();
    }

    private static void hangUp(ServerSocket server, AtomicInteger arrived) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                readRequest(socket.getInputStream());
                arrived.incrementAndGet();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] some = new byte[1024];
        while (seen.indexOf("\r\n\r\n!") < 0) {
            int count = in.read(some);
            if (count < 0) {
                return;
            }
            seen.append(new String(some, 0, count, US_ASCII));
        }
    }
}
