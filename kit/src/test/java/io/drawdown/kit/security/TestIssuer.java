package io.drawdown.kit.security;

import com.sun.net.httpserver.HttpServer;
import io.drawdown.kit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/** An issuer of tokens that shows its keys at an address, as Keycloak and Auth0 do. */
final class TestIssuer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, KeyPair> all = new ConcurrentHashMap<>();
    private final Map<String, RSAPublicKey> shown = new ConcurrentHashMap<>();
    private final List<Map<String, String>> others = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;
    private volatile boolean isStuck;

    TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] body = Json.bytes(Map.of(
                    "keys",
                    Stream.concat(
                                    others.stream(),
                                    shown.entrySet().stream().map(key -> jwk(key.getKey(), key.getValue())))
                            .toList()));
            exchange.sendResponseHeaders(status, body.length);
            if (isStuck) {
                exchange.getResponseBody().flush(); // and never the body
                return;
            }
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static Map<String, String> jwk(String kid, RSAPublicKey key) {
        return Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                kid,
                "n",
                base64(key.getModulus().toByteArray()),
                "e",
                base64(key.getPublicExponent().toByteArray()));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/certs");
    }

    /** How often its keys were asked for. */
    int asked() {
        return asked.get();
    }

    void show(String kid) {
        shown.put(kid, (RSAPublicKey) keys(kid).getPublic());
    }

    /** Shows this key too, before those of {@link #show}. */
    void showToo(Map<String, String> jwk) {
        others.add(jwk);
    }

    /** The key as it is shown. */
    String shown(String kid) {
        return new String(Json.bytes(jwk(kid, requireNonNull(shown.get(kid)))), UTF_8);
    }

    void hide(String kid) {
        shown.remove(kid);
    }

    void answer(int with) {
        status = with;
    }

    /** From here on it begins answers and does not end them. */
    void getStuck(boolean is) {
        isStuck = is;
    }

    String token(String kid, Map<String, Object> claims) {
        String unsigned = base64(Json.bytes(Map.of("alg", "RS256", "typ", "JWT", "kid", kid))) + "."
                + base64(Json.bytes(new LinkedHashMap<>(claims)));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys(kid).getPrivate());
            signature.update(unsigned.getBytes(UTF_8));
            return unsigned + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyPair keys(String kid) {
        return all.computeIfAbsent(kid, absent -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** The claims that every test of this package wants. */
    static Map<String, Object> claims(String subject, String jti, List<String> roles) {
        long now = Instant.now().getEpochSecond();
        return Map.of(
                "iss",
                "drawdown",
                "aud",
                "drawdown",
                "sub",
                subject,
                "groups",
                roles,
                "iat",
                now,
                "exp",
                now + 3_600,
                "jti",
                jti);
    }
}
