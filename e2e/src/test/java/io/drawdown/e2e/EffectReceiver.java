package io.drawdown.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What tasks of the type {@code http} post to: it acts once per {@code Idempotency-Key}, and answers every request. Its answers can
 * be held back, so that a worker dies between an effect and its record.
 */
final class EffectReceiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RETRY_AFTER_SECONDS = "5";

    private final HttpServer server;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final List<Integer> effects = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    EffectReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/effects", this::act);
        server.createContext("/overloaded", EffectReceiver::refuse);
        server.start();
    }

    /** The settings of a task-service that may post here. */
    Map<String, String> endpoints() {
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "DRAWDOWN_TASK_HTTP_PRIVATE_ADDRESSES", "true",
                "DRAWDOWN_TASK_HTTP_ENDPOINTS_EFFECTS", address + "/effects",
                "DRAWDOWN_TASK_HTTP_ENDPOINTS_OVERLOADED", address + "/overloaded");
    }

    /** The payload of a task whose effect has that number. */
    static String effect(int number) {
        return "{\"endpoint\":\"effects\",\"body\":{\"number\":" + number + "}}";
    }

    private void act(HttpExchange exchange) throws IOException {
        try (exchange) {
            int number = JSON.readTree(exchange.getRequestBody()).path("number").asInt();
            requests.incrementAndGet();
            if (keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"))) {
                effects.add(number);
            }
            held.incrementAndGet();
            gate.join();
            held.decrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
            exchange.sendResponseHeaders(503, -1);
        }
    }

    /** From now on nothing is answered. */
    void hold() {
        gate = new CompletableFuture<>();
    }

    void release() {
        gate.complete(null);
    }

    /** Requests that wait for their answer. */
    int held() {
        return held.get();
    }

    int requests() {
        return requests.get();
    }

    /** The number of each effect, in the order in which they happened. */
    List<Integer> effects() {
        return effects;
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
