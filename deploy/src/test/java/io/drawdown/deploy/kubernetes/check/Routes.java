package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every route of OpenAPI and every socket leads to its service, those for other services and for the cron to none. */
public final class Routes implements Check {

    private static final int CALL_SECONDS = 55;

    private record Match(JsonNode route, JsonNode rule, String type, String path) {

        boolean takes(String asked) {
            return "Exact".equals(type) ? asked.equals(path) : asked.equals(path) || asked.startsWith(path + "/");
        }

        String backend() {
            return rule.at("/backendRefs/0/name").asText();
        }

        String limit() {
            return rule.at("/timeouts/request").asText();
        }
    }

    @Override
    public List<String> findings(Rendering rendering) {
        List<Match> matches = rendering.of("HTTPRoute").flatMap(Routes::matches).toList();
        if (matches.isEmpty()) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        Set<Match> used = new HashSet<>();
        Arrays.stream(Service.values())
                .forEach(service -> ServiceFacts.of(service).paths().forEach(path -> {
                    Optional<Match> match = matches.stream()
                            .filter(candidate -> candidate.takes(path))
                            .max(Comparator.comparing((Match candidate) -> "Exact".equals(candidate.type()))
                                    .thenComparing(candidate -> candidate.path().length()));
                    match.ifPresent(used::add);
                    of(service, path, match).ifPresent(found::add);
                }));
        matches.stream()
                .filter(match -> !used.contains(match))
                .forEach(match -> found.add(
                        Rendering.idOf(match.route()) + " has a path that leads to nothing: " + match.path()));
        return found;
    }

    private static Stream<Match> matches(JsonNode route) {
        return Rendering.each(route.at("/spec/rules")).flatMap(rule -> Rendering.each(rule.path("matches"))
                .map(match -> new Match(
                        route,
                        rule,
                        match.at("/path/type").asText(),
                        match.at("/path/value").asText())));
    }

    private static Optional<String> of(Service service, String path, Optional<Match> match) {
        if (isInside(path)) {
            return match.map(open -> Rendering.idOf(open.route()) + " lets clients to " + path);
        }
        if (match.isEmpty() || !match.get().backend().equals(service.serviceName())) {
            return Optional.of("no route leads " + path + " to " + service.serviceName());
        }
        String limit = match.get().limit();
        boolean isEndless = "0s".equals(limit);
        if (mayLast(service, path) && !isEndless) {
            return Optional.of(path + " is cut off after " + limit);
        }
        boolean isLong = isEndless || Integer.parseInt(limit.replace("s", "")) > CALL_SECONDS;
        return isLong
                ? Optional.empty()
                : Optional.of(path + " is cut off after " + limit + ", before the service would have answered");
    }

    private static boolean isInside(String path) {
        return path.startsWith("/api/v1/internal/") || path.startsWith("/api/worker/");
    }

    /** Sockets, and server-sent events. */
    private static boolean mayLast(Service service, String path) {
        return ServiceFacts.of(service).sockets().contains(path) || path.endsWith("/events");
    }
}
