package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.tokens.Role;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** What a gateway without a socket asks of one instance of session-service, for the one session of an account. */
final class GatewayCalls {

    private static final int TRIES = 5;

    private final Api api;
    private final String account;

    GatewayCalls(Suite suite, String instance, String account) {
        this.api = suite.sessionsAt(instance, Role.GATEWAY);
        this.account = account;
    }

    /** The session, which the first of these calls begins. */
    JsonNode start() {
        String body = "{\"account\":\"" + account + "\",\"kind\":\"live_dubbing\"}";
        return answer(() -> api.post("sessions", "only-of-" + account, body)).expect(200, 201);
    }

    /** States its total, and what is to become of it. */
    JsonNode state(String id, String what, long usedMillis) {
        String body = "{\"used_millis\":" + usedMillis + "}";
        return answer(() -> api.post("sessions/" + id + "/" + what, null, body)).expect(200);
    }

    /** Each of them may be repeated, and an instance that stalls closes its connections. */
    private static Api.Reply answer(Supplier<Api.Reply> call) {
        for (int tried = 1; ; tried++) {
            try {
                Api.Reply reply = call.get();
                if (reply.status() != 503 || tried == TRIES) {
                    return reply;
                }
            } catch (UncheckedIOException closed) {
                if (tried == TRIES) {
                    throw closed;
                }
            }
        }
    }
}
