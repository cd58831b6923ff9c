package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.tokens.Role;

/** What a gateway without a socket asks of one instance of session-service, for the one session of an account. */
final class GatewayCalls {

    private final Api api;
    private final String account;

    GatewayCalls(Suite suite, String instance, String account) {
        this.api = suite.sessionsAt(instance, Role.GATEWAY);
        this.account = account;
    }

    /** The session, as long as that is the status of the answer. */
    JsonNode start(int status) {
        return api.post("sessions", "only-of-" + account, "{\"account\":\"" + account + "\",\"kind\":\"live_dubbing\"}")
                .expect(status);
    }

    /** States its total, and what is to become of it. */
    JsonNode state(String id, String what, long usedMillis) {
        return api.post("sessions/" + id + "/" + what, null, "{\"used_millis\":" + usedMillis + "}")
                .expect(200);
    }
}
