package io.drawdown.kit.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Key Set, RFC 7517: its keys for RS256, by their {@code kid}. All others are passed over, also damaged ones: what an
 * issuer adds for somebody else must not stop what is ours. Of two keys of one name the first counts.
 */
final class Jwks {

    private static final int MOST_KEYS = 64;

    /** RFC 7518 demands as much. */
    private static final int LEAST_BITS = 2_048;

    private Jwks() {}

    /** @throws IOException if it is no such set, or holds no key that can be used */
    static Map<String, PublicKey> read(byte[] document) throws IOException {
        List<JsonWebKey> set = parse(document);
        if (set.size() > MOST_KEYS) {
            throw new IOException("this is no set of at most " + MOST_KEYS + " keys");
        }
        Map<String, PublicKey> keys = new HashMap<>();
        for (JsonWebKey each : set) {
            @Nullable String kid = each.getKeyId();
            if (kid != null && each instanceof RsaJsonWebKey rsa && isUsable(rsa)) {
                keys.putIfAbsent(kid, rsa.getRsaPublicKey());
            }
        }
        if (keys.isEmpty()) {
            throw new IOException("it holds no RSA key for RS256, of " + LEAST_BITS + " bits or more, that has a kid");
        }
        return Map.copyOf(keys);
    }

    private static List<JsonWebKey> parse(byte[] document) throws IOException {
        try {
            return new JsonWebKeySet(new String(document, StandardCharsets.UTF_8)).getJsonWebKeys();
        } catch (JoseException | RuntimeException e) { // members of odd types are cast
            throw new IOException("this is no set of keys", e);
        }
    }

    /** What the key says of itself allows it; what it does not say is allowed. */
    private static boolean isUsable(RsaJsonWebKey key) {
        @Nullable String use = key.getUse();
        @Nullable String algorithm = key.getAlgorithm();
        @Nullable List<String> operations = key.getKeyOps();
        return (use == null || use.equals(Use.SIGNATURE))
                && (algorithm == null || algorithm.equals(AlgorithmIdentifiers.RSA_USING_SHA256))
                && (operations == null || operations.contains("verify"))
                && key.getRsaPublicKey().getModulus().bitLength() >= LEAST_BITS;
    }
}
