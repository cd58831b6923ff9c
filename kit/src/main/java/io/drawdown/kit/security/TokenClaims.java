package io.drawdown.kit.security;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.contracts.AccountId;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token must be, whoever signed it:
 *
 * <ul>
 *   <li>{@code sub}, or the claim that {@link JwtConfig} names instead: the id of an account, or a client's name of the same form
 *   <li>{@code groups}, or the claim named instead: one or more names. Names that are no {@link Role} are allowed and mean nothing: an issuer may
 *       serve others too
 *   <li>{@code iss}: a text; {@code aud}: a text or texts
 *   <li>{@code exp}, and {@code iat} and {@code nbf} if they are there: whole seconds between 1970 and 9999, {@code exp}
 *       the latest
 *   <li>{@code roleMappings}: not there. The verifier would add roles by it, after this check
 *   <li>{@code upn}, {@code preferred_username} and {@code jti}: texts, if they are there
 * </ul>
 *
 * <p>The verifier checks signature, issuer, audience and time, but takes an absent or empty subject, and breaks on claims
 * of odd types.
 */
final class TokenClaims {

    private static final ClaimPath SUB = new ClaimPath("sub");
    private static final ClaimPath GROUPS = new ClaimPath("groups");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String ROLE_MAPPINGS = "roleMappings";
    private static final int LONGEST_TOKEN = 8_192;
    private static final int MOST_GROUPS = 64;
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final List<String> OPTIONAL_TEXTS = List.of("upn", "preferred_username", "jti");

    private final ClaimPath account;
    private final ClaimPath roles;

    TokenClaims(ClaimPath account, ClaimPath roles) {
        this.account = account;
        this.roles = roles;
    }

    /** The defect of a token, without quoting it; null if there is none. The signature is not checked here. */
    @Nullable
    String fault(String token) {
        if (token.length() > LONGEST_TOKEN || token.split("\\.", -1).length != 3) {
            return "not a signed token";
        }
        try {
            return fault(part(token, 1));
        } catch (IOException | IllegalArgumentException e) {
            return "its claims cannot be read";
        }
    }

    /** Which key signed a token without a fault, as it says itself; null if it does not. */
    static @Nullable String kid(String token) throws ParseException {
        try {
            JsonNode kid = part(token, 0).path("kid");
            return kid.isTextual() ? kid.textValue() : null;
        } catch (IOException | IllegalArgumentException e) {
            throw new ParseException("its header cannot be read", e);
        }
    }

    /** The caller of a verified token without a fault. */
    JWTCallerPrincipal caller(String token, JWTCallerPrincipal verified) throws ParseException {
        if (account.equals(SUB) && roles.equals(GROUPS)) {
            return verified;
        }
        try {
            JsonNode claims = part(token, 1);
            Set<String> names = new HashSet<>();
            roles.in(claims).forEach(role -> names.add(role.textValue()));
            return new MappedCaller(verified, account.in(claims).textValue(), names);
        } catch (IOException e) {
            throw new ParseException("its claims cannot be read", e);
        }
    }

    private static JsonNode part(String token, int place) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[place]));
    }

    private @Nullable String fault(JsonNode claims) {
        if (!claims.isObject()) {
            return "its claims are no object";
        }
        JsonNode subject = account.in(claims);
        if (!isText(subject) || !AccountId.isValid(subject.textValue())) {
            return account.text();
        }
        if (!areTexts(roles.in(claims))) {
            return roles.text();
        }
        if (claims.has(ROLE_MAPPINGS)) {
            return ROLE_MAPPINGS;
        }
        if (!isText(claims.path("iss"))) {
            return "iss";
        }
        if (!isText(claims.path("aud")) && !areTexts(claims.path("aud"))) {
            return "aud";
        }
        return areTimesSane(claims) ? wrongText(claims) : "exp, iat or nbf";
    }

    private static boolean areTimesSane(JsonNode claims) {
        JsonNode expiry = claims.path("exp");
        return isSecond(expiry)
                && isBefore(claims.path("iat"), expiry.longValue())
                && isBefore(claims.path("nbf"), expiry.longValue());
    }

    private static boolean isBefore(JsonNode time, long expiry) {
        return time.isMissingNode() || (isSecond(time) && time.longValue() <= expiry);
    }

    private static @Nullable String wrongText(JsonNode claims) {
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
