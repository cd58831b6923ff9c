package io.drawdown.kit.testing.openapi;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** Compares with the description every answer that a test of a service gets by REST Assured; no test has to ask for it. */
public final class ComparedAnswers implements QuarkusTestBeforeClassCallback {

    @Override
    public void beforeClass(Class<?> testClass) {
        String service = ConfigProvider.getConfig().getValue("quarkus.application.name", String.class);
        Path file = Path.of("../docs/openapi", service + ".yaml");
        if (Files.exists(file)) { // kit itself has none
            RestAssured.replaceFiltersWith(new Comparison(ApiDescription.read(file)));
        }
    }

    private record Comparison(ApiDescription description) implements Filter {

        @Override
        public Response filter(
                FilterableRequestSpecification request,
                FilterableResponseSpecification expected,
                FilterContext context) {
            Response response = context.next(request, expected);
            Answer answer = new Answer(
                    request.getMethod(),
                    URI.create(request.getURI()).getRawPath(),
                    response.statusCode(),
                    headers(response),
                    response.asByteArray());
            List<String> deviations = description.deviations(answer);
            if (!deviations.isEmpty()) {
                throw new AssertionError(answer + "\nis not what docs/openapi says: " + deviations);
            }
            return response;
        }

        private static Map<String, List<String>> headers(Response response) {
            Map<String, List<String>> headers = new HashMap<>();
            response.headers().forEach(header -> headers.computeIfAbsent(
                            header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue()));
            return headers;
        }
    }
}
