package io.drawdown.embedded.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A merchant's endpoint, which verifies deliveries as the client of Stripe does. */
final class Receiver implements AutoCloseable {

    final List<Event> verified = new CopyOnWriteArrayList<>();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger failuresLeft = new AtomicInteger();
    volatile String secret = "whsec_first";

    private final HttpServer server;

    Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void receive(HttpExchange exchange) throws IOException {
        String payload = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = 200;
        try {
            Event event =
                    Webhook.constructEvent(payload, exchange.getRequestHeaders().getFirst("Stripe-Signature"), secret);
            if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                status = 503;
            } else {
                verified.add(event);
            }
        } catch (SignatureVerificationException e) {
            refused.incrementAndGet();
            status = 400;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    List<String> types() {
        return verified.stream().map(Event::getType).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
