package io.drawdown.sessions.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.kit.security.SocketToken;
import io.drawdown.kit.testing.TestSocket;
import java.util.Map;

/** One client at the socket of sessions. */
public final class TestClient extends TestSocket {

    private static final String PATH = "/api/v1/live/sessions";

    private TestClient(Map<String, String> headers, String... protocols) {
        super(PATH, headers, protocols);
    }

    static TestClient anonymous() {
        return new TestClient(Map.of());
    }

    public static TestClient withToken(String token) {
        return new TestClient(bearer(token));
    }

    static TestClient traced(String token, String parent) {
        return new TestClient(Map.of("Authorization", "Bearer " + token, "traceparent", parent));
    }

    static TestClient fromOrigin(String origin) {
        return new TestClient(Map.of("Origin", origin));
    }

    static TestClient browser(String token) {
        return new TestClient(Map.of(), carrier(token));
    }

    TestClient start(String account, String startKey) {
        say("type", "start", "kind", "live_dubbing", "account", account, "start_key", startKey);
        return this;
    }

    /** Comes back to the session of a {@code started} frame. */
    TestClient resume(JsonNode started, String nextToken, long attempt) {
        String id = started.path("session_id").asText();
        String token = started.path("resume_token").asText();
        say(
                "type",
                "resume",
                "session_id",
                id,
                "resume_token",
                token,
                "next_hash",
                SocketToken.hash(nextToken),
                "attempt",
                attempt);
        return this;
    }
}
