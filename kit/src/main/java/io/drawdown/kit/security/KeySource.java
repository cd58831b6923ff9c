package io.drawdown.kit.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;

/** The address at which an issuer shows its keys. */
final class KeySource {

    /** The longest that an answer is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int LARGEST_BYTES = 256 * 1_024;
    private static final int OK = 200;

    private final URI address;
    private final HttpClient client;

    KeySource(URI address) {
        this.address = address;
        this.client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    }

    /** @throws IOException if the answer is no set of keys, or there is none in time */
    Map<String, PublicKey> read() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw new IOException("it answered " + answer.statusCode());
                }
                byte[] document = body.readNBytes(LARGEST_BYTES + 1);
                if (document.length > LARGEST_BYTES) {
                    throw new IOException("it answered more than " + LARGEST_BYTES + " bytes");
                }
                return Jwks.read(document);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
