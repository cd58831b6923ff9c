package io.drawdown.kit.security;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.contracts.AccountId;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token must be, whoever signed it:
 *
 * <ul>
 *   <li>{@code sub}: the id of an account, or a client's name of the same form
 *   <li>{@code groups}: one or more names. Names that are no {@link Role} are allowed and mean nothing: an issuer may
 *       serve others too
 *   <li>{@code iss}: a text; {@code aud}: a text or texts
 *   <li>{@code exp}, and {@code iat} and {@code nbf} if they are there: whole seconds between 1970 and 9999, {@code exp}
 *       the latest
 *   <li>{@code upn}, {@code preferred_username} and {@code jti}: texts, if they are there
 * </ul>
 *
 * <p>The verifier checks signature, issuer, audience and time, but takes an absent or empty subject, and breaks on claims
 * of odd types.
 */
final class TokenClaims {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int LONGEST_TOKEN = 8_192;
    private static final int MOST_GROUPS = 64;
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final List<String> OPTIONAL_TEXTS = List.of("upn", "preferred_username", "jti");

    private final JsonNode claims;

    private TokenClaims(JsonNode claims) {
        this.claims = claims;
    }

    /** The defect of a token, without quoting it; null if there is none. The signature is not checked here. */
    static @Nullable String fault(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > LONGEST_TOKEN) {
            return "not a signed token";
        }
        try {
            return new TokenClaims(JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))).fault();
        } catch (IOException | IllegalArgumentException e) {
            return "its claims cannot be read";
        }
    }

    private @Nullable String fault() {
        if (!claims.isObject()) {
            return "its claims are no object";
        }
        if (!isText(claims.path("sub")) || !AccountId.isValid(claims.path("sub").textValue())) {
            return "sub";
        }
        if (!areTexts(claims.path("groups"))) {
            return "groups";
        }
        if (!isText(claims.path("iss"))) {
            return "iss";
        }
        if (!isText(claims.path("aud")) && !areTexts(claims.path("aud"))) {
            return "aud";
        }
        return areTimesSane() ? wrongText() : "exp, iat or nbf";
    }

    private boolean areTimesSane() {
        JsonNode expiry = claims.path("exp");
        return isSecond(expiry) && isBefore("iat", expiry.longValue()) && isBefore("nbf", expiry.longValue());
    }

    private boolean isBefore(String name, long expiry) {
        JsonNode time = claims.path(name);
        return time.isMissingNode() || (isSecond(time) && time.longValue() <= expiry);
    }

    private @Nullable String wrongText() {
        return OPTIONAL_TEXTS.stream()
                .filter(name -> claims.has(name) && !isText(claims.path(name)))
                .findFirst()
                .orElse(null);
    }

    private static boolean isSecond(JsonNode time) {
        return time.isIntegralNumber()
                && time.canConvertToLong()
                && time.longValue() >= 0
                && time.longValue() <= LAST_SECOND;
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual();
    }

    private static boolean areTexts(JsonNode node) {
        if (!node.isArray() || node.isEmpty() || node.size() > MOST_GROUPS) {
            return false;
        }
        for (JsonNode each : node) {
            if (!isText(each)) {
                return false;
            }
        }
        return true;
    }
}
