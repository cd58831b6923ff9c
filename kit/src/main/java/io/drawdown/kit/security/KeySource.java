package io.drawdown.kit.security;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
        HttpRequest request = HttpRequest.newBuilder(address).build();
        CompletableFuture<HttpResponse<byte[]>> asked = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_BYTES));
        try {
            // The time-out of a request does not cover the body of its answer.
            HttpResponse<byte[]> answer = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != OK) {
                throw new IOException("it answered " + answer.statusCode());
            }
            return Jwks.read(answer.body());
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new IOException("it did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
