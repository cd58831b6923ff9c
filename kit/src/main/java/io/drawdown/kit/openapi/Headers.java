package io.drawdown.kit.openapi;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.ServerClock;
import io.drawdown.kit.problem.RequestIds;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The headers that follow from the kind of an answer. */
final class Headers {

    private final Components components;

    Headers(Components components) {
        this.components = components;
    }

    /** Adds the headers of an answer that is not a problem. */
    void addTo(APIResponse response, String status, boolean isKeyed) {
        addToAll(response);
        if (status.equals("202") || (status.equals("201") && isKeyed)) {
            add(response, "Location", location());
        }
        if (isKeyed) {
            add(response, "Idempotency-Replayed", replayed());
        }
    }

    void addTo(APIResponse response, ProblemType problem) {
        addToAll(response);
        if (problem.isRetryable()) {
            add(response, "Retry-After", retryAfter());
        }
        if (problem == ProblemType.UNAUTHENTICATED) {
            add(response, "WWW-Authenticate", challenge());
        }
    }

    private void addToAll(APIResponse response) {
        add(response, RequestIds.HEADER, requestId());
        add(response, ServerClock.SERVER_TIME, serverTime());
    }

    private void add(APIResponse response, String name, Header header) {
        if (components.getHeaders() == null || !components.getHeaders().containsKey(name)) {
            components.addHeader(name, header.required(true));
        }
        response.addHeader(name, OASFactory.createHeader().ref("#/components/headers/" + name));
    }

    private static Header requestId() {
        return header(
                "The id of the request: the client's if it sent a sane one, else a new one",
                text(ProblemSchema.REQUEST_ID).pattern("^" + RequestIds.FORM + "$"));
    }

    private static Header serverTime() {
        return header(
                "The time of the server when it began to answer; that of " + ServerClock.REQUEST_DEADLINE,
                text("2026-01-31T12:00:00.000Z").format("date-time"));
    }

    private static Header location() {
        return header("The address of what was written or accepted", text("/api/v1/accounts/ada/ledger/7"));
    }

    private static Header replayed() {
        return header(
                "Whether this is the answer to an earlier request with the same key",
                OASFactory.createSchema().addType(SchemaType.BOOLEAN));
    }

    private static Header retryAfter() {
        return header(
                "After how many seconds to try again",
                OASFactory.createSchema()
                        .addType(SchemaType.INTEGER)
                        .minimum(BigDecimal.ONE)
                        .examples(List.of(1)));
    }

    private static Header challenge() {
        return header("How to authenticate, RFC 6750", text("Bearer realm=\"drawdown\""));
    }

    private static Header header(String description, Schema schema) {
        return OASFactory.createHeader().description(description).schema(schema);
    }

    private static Schema text(String example) {
        return OASFactory.createSchema().addType(SchemaType.STRING).examples(List.of(example));
    }
}
