package io.drawdown.kit.testing;

import io.drawdown.kit.security.TestTokens;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokens with our signature and claims that nobody expects. */
public final class OddTokens {

    private static final List<String> ODD_SUBJECTS = List.of(
            "\"\"",
            "null",
            "5",
            "true",
            "[\"ada\"]",
            "{}",
            "\"a b\"",
            "\"a/../b\"",
            "\"ada\\u0000\"",
            "\"" + "a".repeat(65) + "\"");
    private static final List<String> ODD_GROUPS = List.of(
            "{}",
            "{\"0\":\"gateway\"}",
            "\"gateway\"",
            "[]",
            "null",
            "5",
            "[5]",
            "[null]",
            "[[\"gateway\"]]",
            "[{\"name\":\"gateway\"}]");
    private static final List<String> ODD_TIMES = List.of(
            "1e18",
            "1e300",
            "99999999999999999999",
            "253402300800",
            "-1",
            "\"soon\"",
            "\"2000000000\"",
            "null",
            "true",
            "[]",
            "{}",
            "2000000000.5");

    private OddTokens() {}

    /** By what is odd about them. */
    public static Map<String, String> all() {
        Map<String, String> tokens = new LinkedHashMap<>();
        put(tokens, List.of("sub"), ODD_SUBJECTS);
        put(tokens, List.of("groups"), ODD_GROUPS);
        put(tokens, List.of("exp", "iat", "nbf"), ODD_TIMES);
        put(tokens, List.of("iss", "aud"), List.of("5", "null", "{}", "[]", "[5]", "\"\""));
        put(tokens, List.of("upn", "preferred_username", "jti"), List.of("5", "{}", "[\"x\"]"));
        put(tokens, List.of("roleMappings"), List.of("{\"somebody-elses\":\"operator\"}", "{}", "null"));
        for (String name : List.of("sub", "groups", "iss", "aud", "exp")) {
            Map<String, String> claims = good();
            claims.remove(name);
            tokens.put("no " + name, signed(claims));
        }
        tokens.put("sub twice", TestTokens.withClaims(json(good()).replace("{", "{\"sub\":\"eve\",")));
        tokens.put("no object", TestTokens.withClaims("[]"));
        tokens.put("no JSON", TestTokens.withClaims("ada"));
        tokens.put("nothing", TestTokens.withClaims(""));
        return tokens;
    }

    /** The claims of a token that is let in. */
    public static Map<String, String> good() {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", "\"drawdown\"");
        claims.put("aud", "[\"drawdown\",\"others\"]");
        claims.put("sub", "\"ada\"");
        claims.put("groups", "[\"gateway\",\"somebody-elses\"]");
        claims.put("iat", "1700000000");
        claims.put("exp", String.valueOf(Instant.now().getEpochSecond() + 600));
        return claims;
    }

    public static String signed(Map<String, String> claims) {
        return TestTokens.withClaims(json(claims));
    }

    private static void put(Map<String, String> tokens, List<String> names, List<String> values) {
        for (String name : names) {
            for (String value : values) {
                Map<String, String> claims = good();
                claims.put(name, value);
                tokens.put(name + "=" + value, signed(claims));
            }
        }
    }

    private static String json(Map<String, String> claims) {
        return claims.entrySet().stream()
                .map(claim -> "\"" + claim.getKey() + "\":" + claim.getValue())
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }
}
