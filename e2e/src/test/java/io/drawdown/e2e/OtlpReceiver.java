package io.drawdown.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A collector in the test's process: takes spans by OTLP over HTTP, in protobuf, and keeps them. */
final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Told> spans = new CopyOnWriteArrayList<>();

    /** A span as a service told it; ids are hexadecimal, those of links {@code trace-span}. */
    record Told(
            Origin origin,
            String name,
            String traceId,
            String spanId,
            Relations relations,
            Map<String, String> attributes) {

        String place() {
            return traceId + "-" + spanId;
        }

        boolean is(String service, String called) {
            return origin.service().equals(service) && name.equals(called);
        }

        boolean isCausedBy(Told other) {
            return traceId.equals(other.traceId) && relations.parentId().equals(other.spanId);
        }

        boolean isAbout(Told other) {
            return relations.links().contains(other.place());
        }
    }

    record Origin(String service, String instance, String kind) {}

    record Relations(String parentId, List<String> links) {}

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    static OtlpReceiver start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OtlpReceiver receiver = new OtlpReceiver(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", receiver::take);
        server.start();
        return receiver;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Told> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            request.getResourceSpansList().forEach(this::keep);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void keep(ResourceSpans told) {
        Map<String, String> resource = attributes(told.getResource().getAttributesList());
        told.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .forEach(span -> spans.add(told(resource, span)));
    }

    private static Told told(Map<String, String> resource, Span span) {
        Origin origin = new Origin(
                Objects.requireNonNull(resource.get("service.name")),
                Objects.requireNonNull(resource.get("service.instance.id")),
                span.getKind().name());
        List<String> links = span.getLinksList().stream()
                .map(link -> hex(link.getTraceId().toByteArray()) + "-"
                        + hex(link.getSpanId().toByteArray()))
                .toList();
        return new Told(
                origin,
                span.getName(),
                hex(span.getTraceId().toByteArray()),
                hex(span.getSpanId().toByteArray()),
                new Relations(hex(span.getParentSpanId().toByteArray()), links),
                attributes(span.getAttributesList()));
    }

    private static Map<String, String> attributes(List<KeyValue> told) {
        return told.stream().collect(Collectors.toMap(KeyValue::getKey, each -> text(each.getValue())));
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
