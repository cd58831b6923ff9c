package io.drawdown.sessions.api;

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
}
