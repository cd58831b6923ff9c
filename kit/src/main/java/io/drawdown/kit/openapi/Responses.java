package io.drawdown.kit.openapi;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * The responses of a route: successes as declared, with their headers, and problems grouped by status. If a problem is
 * the only one with its status, its response is shared in the components. The examples are named after the problems
 * that the route can answer.
 */
final class Responses {

    private final Components components;
    private final Headers headers;

    Responses(Components components) {
        this.components = components;
        this.headers = new Headers(components);
    }

    void complete(Operation operation, Set<ProblemType> problems) {
        APIResponses responses = operation.getResponses();
        Map<String, APIResponse> declared = new TreeMap<>(responses.getAPIResponses());
        boolean isKeyed = RouteProblems.has(operation, IdempotencyKey.HEADER);
        Optional<Content> body = declared.values().stream()
                .flatMap(response -> Stream.ofNullable(response.getContent()))
                .findFirst();
        declared.forEach((status, response) -> {
            if (status.startsWith("2")) {
                body.ifPresent(response::setContent); // it is read from the method, for one status only
                headers.addTo(response, status, isKeyed);
            } else {
                responses.removeAPIResponse(status);
            }
        });
        Map<Integer, List<ProblemType>> byStatus = problems.stream()
                .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
        byStatus.forEach((status, types) -> responses.addAPIResponse(String.valueOf(status), answer(types)));
    }

    private APIResponse answer(List<ProblemType> problems) {
        problems.forEach(this::addExample);
        if (problems.size() > 1) {
            return response(problems);
        }
        String name = problems.getFirst().slug();
        if (components.getResponses() == null || !components.getResponses().containsKey(name)) {
            components.addResponse(name, response(problems));
        }
        return OASFactory.createAPIResponse().ref("#/components/responses/" + name);
    }

    private APIResponse response(List<ProblemType> problems) {
        MediaType type = OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref(SchemaWalk.PREFIX + ProblemSchema.NAME));
        problems.forEach(problem -> type.addExample(
                problem.slug(), OASFactory.createExample().ref("#/components/examples/" + problem.slug())));
        APIResponse response = OASFactory.createAPIResponse()
                .description(problems.stream().map(ProblemType::title).collect(Collectors.joining("; or: ")))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, type));
        headers.addTo(response, problems.getFirst());
        return response;
    }

    private void addExample(ProblemType problem) {
        if (components.getExamples() == null || !components.getExamples().containsKey(problem.slug())) {
            components.addExample(
                    problem.slug(),
                    OASFactory.createExample().summary(problem.title()).value(body(problem)));
        }
    }

    private static Map<String, Object> body(ProblemType problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", problem.urn());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.title());
        body.put("instance", ProblemSchema.REQUEST_ID);
        if (problem == ProblemType.INSUFFICIENT_CREDITS) {
            body.put("credits_required", 20);
            body.put("credits_remaining", 15);
            body.put("credits_held", 0);
            body.put("seq", 7);
        }
        return body;
    }
}
