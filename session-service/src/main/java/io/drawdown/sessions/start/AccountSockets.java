package io.drawdown.sessions.start;

import io.drawdown.kit.rate.TokenBucket;
import io.drawdown.kit.socket.Identity;
import io.drawdown.sessions.config.SessionsSettings.ConnectionLimits;
import io.drawdown.sessions.connection.ClientConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many sockets each user has at this instance, and how fast they are opened. Sockets of a gateway or an operator are for
 * many accounts, so they are not counted. A limit of one instance: it protects the instance, and nobody's credits.
 */
final class AccountSockets {

    /** Who is forgotten is limited less, never more. */
    private static final int MOST_RATES = 100_000;

    private final ConnectionLimits limits;
    private final Map<ClientConnection, String> counted = new HashMap<>();
    private final Map<String, Integer> open = new HashMap<>();
    private final Map<String, TokenBucket> rates = new LinkedHashMap<>(16, 0.75f, true);

    AccountSockets(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Counts a client that has shown who it is. Answers zero if it may stay, else after which time it may try again. */
    Duration admit(ClientConnection client, Identity identity, long now) {
        if (identity.forOthers() || counted.containsKey(client)) {
            return Duration.ZERO;
        }
        long missing = rate(identity.subject(), now).take(now);
        if (missing > 0) {
            return Duration.ofNanos(missing);
        }
        if (open.getOrDefault(identity.subject(), 0) >= limits.perAccount()) {
            return Duration.ofSeconds(1);
        }
        counted.put(client, identity.subject());
        open.merge(identity.subject(), 1, Integer::sum);
        return Duration.ZERO;
    }

    void gone(ClientConnection client) {
        String account = counted.remove(client);
        if (account != null) {
            open.computeIfPresent(account, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    private TokenBucket rate(String account, long now) {
        TokenBucket known = rates.get(account);
        if (known != null) {
            return known;
        }
        if (rates.size() == MOST_RATES) {
            rates.remove(rates.keySet().iterator().next());
        }
        TokenBucket fresh = new TokenBucket(limits.perSecond(), 2 * limits.perSecond(), now);
        rates.put(account, fresh);
        return fresh;
    }
}
