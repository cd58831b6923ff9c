package io.drawdown.kit.testing;

import io.drawdown.kit.security.TestTokens;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Tokens with our signature and claims that nobody expects. */
public final class OddTokens {

    private OddTokens() {}

    /** By what is odd about them. */
    public static Map<String, String> all() {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String sub : new String[] {
            "\"\"",
            "null",
            "5",
            "true",
            "[\"ada\"]",
            "{}",
            "\"a b\"",
            "\"a/../b\"",
            "\"ada\\u0000\"",
            "\"" + "a".repeat(65) + "\""
        }) {
            put(tokens, "sub", sub);
        }
        for (String groups : new String[] {
            "{}",
            "{\"0\":\"gateway\"}",
            "\"gateway\"",
            "[]",
            "null",
            "5",
            "[5]",
            "[null]",
            "[[\"gateway\"]]",
            "[{\"name\":\"gateway\"}]"
        }) {
            put(tokens, "groups", groups);
        }
        for (String time : new String[] {
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
            "2000000000.5"
        }) {
            put(tokens, "exp", time);
            put(tokens, "iat", time);
            put(tokens, "nbf", time);
        }
        for (String text : new String[] {"5", "null", "{}", "[]", "[5]", "\"\""}) {
            put(tokens, "iss", text);
            put(tokens, "aud", text);
        }
        for (String text : new String[] {"5", "{}", "[\"x\"]"}) {
            put(tokens, "upn", text);
            put(tokens, "preferred_username", text);
            put(tokens, "jti", text);
        }
        Stream.of("sub", "groups", "iss", "aud", "exp").forEach(name -> {
            Map<String, String> claims = good();
            claims.remove(name);
            tokens.put("no " + name, signed(claims));
        });
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

    private static void put(Map<String, String> tokens, String name, String value) {
        Map<String, String> claims = good();
        claims.put(name, value);
        tokens.put(name + "=" + value, signed(claims));
    }

    private static String json(Map<String, String> claims) {
        return claims.entrySet().stream()
                .map(claim -> "\"" + claim.getKey() + "\":" + claim.getValue())
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }
}
