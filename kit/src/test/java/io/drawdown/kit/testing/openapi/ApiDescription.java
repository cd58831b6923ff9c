package io.drawdown.kit.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The committed description of a service, and how an answer deviates from it. */
public final class ApiDescription {

    private static final String PREFIX = "/api/";
    private static final String PROBLEM = "application/problem+json";

    /** What is answered where no operation is: the address is that of a socket, or it or the request line is not one of ours. */
    private static final Map<Integer, Set<String>> WITHOUT_OPERATION = Map.of(
            400, Set.of("malformed-uri"),
            404, Set.of("not-found"),
            405, Set.of("method-not-allowed"),
            413, Set.of("payload-too-large"),
            414, Set.of("uri-too-long"),
            426, Set.of("upgrade-required"),
            431, Set.of("headers-too-large"));

    private final JsonNode document;
    private final BodySchemas schemas;
    private final HeaderRules headers;

    private ApiDescription(JsonNode document) {
        this.document = document;
        this.schemas = new BodySchemas(document);
        this.headers = new HeaderRules(document, schemas);
    }

    /** @param file a file of {@code docs/openapi} */
    public static ApiDescription read(Path file) {
        try {
            return new ApiDescription(new YAMLMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In which ways the answer is not what the description says; none if it is, or if it is not about the API. */
    public List<String> deviations(Answer answer) {
        if (!answer.path().startsWith(PREFIX)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        Optional<JsonNode> operation = operation(answer);
        if (operation.isEmpty()) {
            checkWithoutOperation(answer, found);
            return found;
        }
        JsonNode response = resolved(operation.get().path("responses").path(String.valueOf(answer.status())));
        if (response.isMissingNode()) {
            found.add("the status is not described");
            return found;
        }
        headers.check(response.path("headers"), answer, found);
        JsonNode content = response.path("content");
        JsonNode media = content.path(answer.mediaType());
        if (media.isMissingNode()) {
            if (!content.isEmpty() || answer.body().length > 0) {
                found.add("the content type " + answer.mediaType() + " is not described");
            }
            return found;
        }
        schemas.check(media.path("schema"), answer.body(), found);
        if (answer.mediaType().equals(PROBLEM)) {
            checkProblem(answer, names(media.path("examples")), found);
        }
        return found;
    }

    private void checkWithoutOperation(Answer answer, List<String> found) {
        Set<String> problems = WITHOUT_OPERATION.get(answer.status());
        if (problems == null || !answer.mediaType().equals(PROBLEM)) {
            found.add("there is no such operation, and this is not how that is said");
            return;
        }
        if (answer.status() == 405 && answer.header("allow").isEmpty()) {
            found.add("Allow does not say which methods there are");
        }
        if (answer.status() == 426 && answer.header("upgrade").isEmpty()) {
            found.add("Upgrade does not say to which protocol");
        }
        schemas.checkNamed("Problem", answer.body(), found);
        checkProblem(answer, problems, found);
    }

    private void checkProblem(Answer answer, Set<String> described, List<String> found) {
        JsonNode problem = schemas.parse(answer.body());
        String name = problem.path("type").asText().replaceFirst("^urn:drawdown:problem:", "");
        if (!described.contains(name)) {
            found.add("the problem " + name + " is not described; " + described + " are");
        }
        if (problem.path("status").asInt() != answer.status()) {
            found.add("the problem says another status than the answer");
        }
        if (answer.header("x-request-id")
                .filter(problem.path("instance").asText()::equals)
                .isEmpty()) {
            found.add("instance and X-Request-ID differ");
        }
    }

    private Optional<JsonNode> operation(Answer answer) {
        return document.path("paths").properties().stream()
                .filter(path -> pattern(path.getKey()).matcher(answer.path()).matches())
                .map(path -> path.getValue().path(answer.method().toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst();
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(template.replaceAll("\\{[^}]+}", "[^/]+") + "/?");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Set<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
