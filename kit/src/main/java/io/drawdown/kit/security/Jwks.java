package io.drawdown.kit.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A JSON Web Key Set, RFC 7517: its RSA keys for signatures, by their {@code kid}. Keys of other kinds are passed over. */
final class Jwks {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_KEYS = 64;

    /** RFC 7518 demands as much. */
    private static final int LEAST_BITS = 2_048;

    private Jwks() {}

    /** @throws IOException if it is no such set, or holds no key that can be used */
    static Map<String, PublicKey> read(byte[] document) throws IOException {
        JsonNode set = JSON.readTree(document).path("keys");
        if (!set.isArray() || set.size() > MOST_KEYS) {
            throw new IOException("this is no set of at most " + MOST_KEYS + " keys");
        }
        Map<String, PublicKey> keys = new HashMap<>();
        for (JsonNode each : set) {
            boolean isForSignatures = each.path("use").asText("sig").equals("sig");
            if (isForSignatures
                    && each.path("kty").asText().equals("RSA")
                    && each.path("kid").isTextual()) {
                keys.put(each.path("kid").textValue(), rsa(each));
            }
        }
        if (keys.isEmpty()) {
            throw new IOException("it holds no RSA key for signatures that has a kid");
        }
        return Map.copyOf(keys);
    }

    private static PublicKey rsa(JsonNode key) throws IOException {
        try {
            BigInteger modulus = number(key.path("n").asText());
            if (modulus.bitLength() < LEAST_BITS) {
                throw new IOException("a key has fewer than " + LEAST_BITS + " bits");
            }
            return KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new RSAPublicKeySpec(modulus, number(key.path("e").asText())));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("a key is damaged", e);
        }
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }
}
