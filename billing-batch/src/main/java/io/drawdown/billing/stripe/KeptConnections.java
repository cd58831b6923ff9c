package io.drawdown.billing.stripe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Finds out how many connections the JDK's HTTP client keeps, by requests to this process itself. */
final class KeptConnections {

    private static final int PROBE_MILLIS = 5_000;

    private static final byte[] ANSWER = """
            HTTP/1.1 200 OK\r
            Connection: keep-alive\r
            Keep-Alive: timeout=60, max=100\r
            Content-Length: 1\r
            \r
            !""".getBytes(US_ASCII);

    private KeptConnections() {}

    /** Whether so many connections that were used at once are used again. */
    static boolean areKept(int connections) {
        AtomicInteger opened = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, connections, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().name("connection-probe").start(() -> accept(server, opened));
            callAtOnce(server, connections);
            callAtOnce(server, connections);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return opened.get() == connections;
    }

    /** Each connection is open before the first answer is read. */
    private static void callAtOnce(ServerSocket server, int count) throws IOException {
        List<HttpURLConnection> calls = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            calls.add(open(server));
        }
        for (HttpURLConnection call : calls) {
            try (InputStream answer = call.getInputStream()) {
                answer.readAllBytes();
            }
        }
    }

    private static HttpURLConnection open(ServerSocket server) throws IOException {
        URI uri = URI.create("http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
        HttpURLConnection call = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        call.setConnectTimeout(PROBE_MILLIS);
        call.setReadTimeout(PROBE_MILLIS);
        call.connect();
        return call;
    }

    private static void accept(ServerSocket server, AtomicInteger opened) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                opened.incrementAndGet();
                Thread.ofVirtual().name("connection-probe").start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket accepted) {
        try (Socket socket = accepted) {
            socket.setSoTimeout(PROBE_MILLIS);
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            OutputStream out = socket.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    out.write(ANSWER);
                }
            }
        } catch (IOException closed) {
            return;
        }
    }
}
