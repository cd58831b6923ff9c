package io.drawdown.e2e;

import io.drawdown.kit.testing.openapi.Answer;
import io.drawdown.kit.testing.openapi.ApiDescription;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Compares every answer of a suite's services with their committed OpenAPI description; the suite fails at its end if one
 * deviates.
 */
final class ComparedAnswers {

    private final ConcurrentLinkedQueue<String> deviations = new ConcurrentLinkedQueue<>();
    private final Map<String, ApiDescription> descriptions = new ConcurrentHashMap<>();

    Consumer<HttpResponse<String>> of(String service) {
        ApiDescription description = descriptions.computeIfAbsent(
                service, name -> ApiDescription.read(Suite.ROOT.resolve("docs/openapi/" + name + ".yaml")));
        return response -> compare(description, response);
    }

    private void compare(ApiDescription description, HttpResponse<String> response) {
        if (response.headers().firstValue("Proxy-Status").isPresent()) {
            return; // no service answered
        }
        Answer answer = new Answer(
                response.request().method(),
                response.request().uri().getRawPath(),
                response.statusCode(),
                response.headers().map(),
                response.body().getBytes(StandardCharsets.UTF_8));
        List<String> found = description.deviations(answer);
        if (!found.isEmpty()) {
            deviations.add(answer + "\nis not what docs/openapi says: " + found);
        }
    }

    /** Fails if any answer deviated. */
    void check() {
        if (!deviations.isEmpty()) {
            throw new AssertionError(String.join("\n", deviations));
        }
    }
}
