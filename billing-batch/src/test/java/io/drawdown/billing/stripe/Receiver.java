package io.drawdown.billing.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A real HTTP server that keeps what arrives and answers as it is told. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger accountsAsked = new AtomicInteger();
    private final Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch together = new CountDownLatch(0);
    private volatile Reply reply = Reply.of(200, "{}");
    private final Map<String, Reply> ofRoutes = new ConcurrentHashMap<>();

    /** What arrived. */
    record Request(String method, String path, Map<String, String> headers, Map<String, String> form) {}

    /** What is answered; a negative status hangs up instead. */
    record Reply(int status, String type, String body, Map<String, String> headers) {

        static final Reply HANG_UP = of(-1, "");

        static Reply of(int status, String body) {
            return new Reply(status, "application/json", body, Map.of("Request-Id", "req_1"));
        }

        Reply with(String header, String value) {
            return new Reply(status, type, body, Map.of("Request-Id", "req_1", header, value));
        }

        /** The client may keep the connection for so long; without a word it keeps it for 5 s. */
        Reply keptFor(Duration idle) {
            return new Reply(
                    status,
                    type,
                    body,
                    Map.of("Connection", "keep-alive", "Keep-Alive", "timeout=" + idle.toSeconds() + ", max=1000"));
        }
    }

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void answers(Reply next) {
        reply = next;
    }

    /** Answers that route so, whatever the others are told. */
    void answers(String method, String path, Reply next) {
        ofRoutes.put(method + " " + path, next);
    }

    /** The next requests are answered when so many have arrived. */
    void answersTogether(int arrived) {
        together = new CountDownLatch(arrived);
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    int accountsAsked() {
        return accountsAsked.get();
    }

    int connections() {
        return clientPorts.size();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            clientPorts.add(exchange.getRemoteAddress().getPort());
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean isAccount = exchange.getRequestURI().getPath().equals("/v1/account");
            if (isAccount) {
                accountsAsked.incrementAndGet();
                answer(exchange, Reply.of(200, "{\"id\":\"acct_1\",\"object\":\"account\"}"));
                return;
            }
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headersOf(exchange),
                    formOf(body)));
            awaitTheOthers();
            Reply told = ofRoutes.getOrDefault(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(), reply);
            if (told.status() > 0) {
                answer(exchange, told);
            }
        }
    }

    private void awaitTheOthers() throws IOException {
        CountDownLatch awaited = together;
        awaited.countDown();
        try {
            if (!awaited.await(1, TimeUnit.MINUTES)) {
                throw new IOException("the other requests did not arrive");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static Map<String, String> headersOf(HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return headers;
    }

    private static Map<String, String> formOf(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(field.substring(0, equals), UTF_8),
                        URLDecoder.decode(field.substring(equals + 1), UTF_8));
            }
        }
        return form;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
