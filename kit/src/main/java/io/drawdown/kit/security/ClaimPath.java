package io.drawdown.kit.security;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Where a value is among the claims of a token: the name of a claim, as {@code https://example.com/roles}, or if there is none of
 * that name, names with dots between them, as {@code realm_access.roles}.
 */
record ClaimPath(String text) {

    /** Missing if it is not there. */
    JsonNode in(JsonNode claims) {
        JsonNode whole = claims.path(text);
        if (!whole.isMissingNode()) {
            return whole;
        }
        JsonNode node = claims;
        for (String name : List.of(text.split("\\.", -1))) {
            node = node.path(name);
        }
        return node;
    }
}
