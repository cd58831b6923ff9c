package io.drawdown.kit.openapi;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.idempotency.IdempotencyKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Which problems follow from the shape of a route: from its method, its parameters, its body and who may call it. */
final class RouteProblems {

    private static final Set<ProblemType> OF_EVERY_ROUTE = EnumSet.of(
            ProblemType.MALFORMED_URI,
            ProblemType.INVALID_REQUEST,
            ProblemType.NOT_ACCEPTABLE,
            ProblemType.REQUEST_TIMEOUT,
            ProblemType.URI_TOO_LONG,
            ProblemType.HEADERS_TOO_LARGE,
            ProblemType.INTERNAL,
            ProblemType.UNAVAILABLE);
    private static final Set<ProblemType> OF_A_PROTECTED_ROUTE =
            EnumSet.of(ProblemType.UNAUTHENTICATED, ProblemType.FORBIDDEN, ProblemType.RATE_LIMITED);
    private static final Set<ProblemType> OF_A_BODY =
            EnumSet.of(ProblemType.MALFORMED_JSON, ProblemType.PAYLOAD_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    private static final Set<ProblemType> OF_AMOUNTS =
            EnumSet.of(ProblemType.INVALID_AMOUNT, ProblemType.AMOUNT_OUT_OF_RANGE);
    private static final Set<ProblemType> OF_ANY_KEY =
            EnumSet.of(ProblemType.IDEMPOTENCY_KEY_REQUIRED, ProblemType.IDEMPOTENCY_KEY_REUSED);

    private final SchemaWalk schemas;

    RouteProblems(SchemaWalk schemas) {
        this.schemas = schemas;
    }

    Set<ProblemType> of(HttpMethod verb, Operation operation, boolean isProtected, List<ProblemType> declared) {
        Set<ProblemType> problems = EnumSet.copyOf(OF_EVERY_ROUTE);
        problems.addAll(declared);
        if (verb != HttpMethod.GET) {
            problems.add(ProblemType.OUTCOME_UNKNOWN); // a write may have lost its answer
        }
        if (isProtected) {
            problems.addAll(OF_A_PROTECTED_ROUTE);
        }
        if (operation.getRequestBody() != null) {
            problems.addAll(OF_A_BODY);
            if (schemas.reached(operation.getRequestBody()).contains("Credits")) {
                problems.addAll(OF_AMOUNTS);
            }
        }
        if (has(operation, "cursor")) {
            problems.add(ProblemType.INVALID_CURSOR);
        }
        if (has(operation, IdempotencyKey.HEADER)) {
            problems.addAll(OF_ANY_KEY);
            if (isKeyRequired(operation)) {
                problems.add(ProblemType.OPERATION_CANCELLED); // only what needs a key can be cancelled by it
            }
        }
        return problems;
    }

    private static boolean isKeyRequired(Operation operation) {
        return operation.getParameters().stream()
                .anyMatch(each ->
                        IdempotencyKey.HEADER.equals(each.getName()) && Boolean.TRUE.equals(each.getRequired()));
    }

    static boolean has(Operation operation, String parameter) {
        List<Parameter> parameters = operation.getParameters();
        return parameters != null && parameters.stream().anyMatch(each -> parameter.equals(each.getName()));
    }
}
