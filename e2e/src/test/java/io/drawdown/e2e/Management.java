package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.cli.process.ChildSpec;
import io.drawdown.cli.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** What a process of a service tells on its management port. */
final class Management {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Management() {}

    /** The sum of a metric over all its tags; 0 if there is none of that name. */
    static double metric(ChildSpec process, String name) {
        return metrics(process)
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** The lines of its metrics. */
    static Stream<String> metrics(ChildSpec process) {
        return get(readiness(process).resolve("/q/metrics")).body().lines();
    }

    /** The same as a Prometheus asks for them that keeps exemplars. */
    static Stream<String> openMetrics(ChildSpec process) {
        HttpRequest request = HttpRequest.newBuilder(readiness(process).resolve("/q/metrics"))
                .header(
                        "Accept",
                        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                                + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2")
                .build();
        return send(request).body().lines();
    }

    /** Whether it is ready, and the data of its core. */
    static Ready ready(ChildSpec process) {
        HttpResponse<String> answer = get(readiness(process));
        try {
            JsonNode checks = JSON.readTree(answer.body()).path("checks");
            for (JsonNode check : checks) {
                if (check.path("name").asText().equals("core")) {
                    return new Ready(answer.statusCode() == 200, check.path("data"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(answer.body());
    }

    /** @param core what its check says in detail */
    record Ready(boolean isReady, JsonNode core) {}

    private static URI readiness(ChildSpec process) {
        return ((Readiness.Http) process.readiness()).address();
    }

    private static HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
