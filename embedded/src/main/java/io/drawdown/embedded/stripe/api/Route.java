package io.drawdown.embedded.stripe.api;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One route of the API.
 *
 * @param path e.g. {@code /v1/customers/{id}}
 */
public record Route(String method, String path, Shape shape, Function<Call, JsonObject> handler) {

    public static Route get(String path, String shape, Function<Call, JsonObject> handler) {
        return new Route("GET", path, Shape.of(shape), handler);
    }

    public static Route post(String path, String shape, Function<Call, JsonObject> handler) {
        return new Route("POST", path, Shape.of(shape), handler);
    }

    public static Route delete(String path, Function<Call, JsonObject> handler) {
        return new Route("DELETE", path, Shape.of(""), handler);
    }

    /** The variable parts of a path of this route. */
    Optional<List<String>> match(String askedMethod, String asked) {
        if (!method.equals(askedMethod)) {
            return Optional.empty();
        }
        String[] expected = path.split("/", -1);
        String[] actual = asked.split("/", -1);
        if (expected.length != actual.length) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            if (expected[i].startsWith("{")) {
                variables.add(actual[i]);
            } else if (!expected[i].equals(actual[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
