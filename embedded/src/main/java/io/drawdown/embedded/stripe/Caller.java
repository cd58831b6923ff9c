package io.drawdown.embedded.stripe;

import io.drawdown.embedded.stripe.api.KeyKind;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.oracle.FaultyApi;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who sends a request: a secret, restricted or publishable key of the test mode, as bearer or as the name of basic. */
record Caller(KeyKind kind) {

    private static final Pattern KEY = Pattern.compile("(sk|rk|pk)_test_\\w{8,}");

    /** @throws StripeError 401 without a valid key */
    static Caller of(HttpServerRequest request) {
        String key = key(request.getHeader("Authorization"));
        Matcher form = KEY.matcher(key);
        if (!form.matches()) {
            throw FaultyApi.unauthorized();
        }
        return new Caller(
                switch (form.group(1)) {
                    case "sk" -> KeyKind.SECRET;
                    case "rk" -> KeyKind.RESTRICTED;
                    default -> KeyKind.PUBLISHABLE;
                });
    }

    private static String key(@Nullable String authorization) {
        if (authorization != null && authorization.startsWith("Bearer ")) {
            return authorization.substring("Bearer ".length()).strip();
        }
        if (authorization != null && authorization.startsWith("Basic ")) {
            try {
                byte[] decoded = Base64.getDecoder()
                        .decode(authorization.substring("Basic ".length()).strip());
                return new String(decoded, StandardCharsets.UTF_8).replaceFirst(":.*", "");
            } catch (IllegalArgumentException e) {
                return "";
            }
        }
        return "";
    }
}
