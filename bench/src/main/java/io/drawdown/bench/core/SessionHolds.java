package io.drawdown.bench.core;

import io.drawdown.bench.load.Operation;
import io.drawdown.bench.stack.HttpApi;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The hold of a session and its release, as session-service asks for them. */
public final class SessionHolds {

    private SessionHolds() {}

    /** Starts a session and ends it after 7 seconds of use: two requests, one after the other. */
    public static Operation on(HttpApi internal, Accounts accounts, String run) {
        AtomicLong sessions = new AtomicLong();
        return () -> {
            long number = sessions.getAndIncrement();
            String account = accounts.id(number);
            String session = sessionId(run, number);
            return internal.post("internal/sessions/" + session + "/start", Map.of(), start(account))
                    .thenCompose(started ->
                            internal.post("internal/sessions/" + session + "/release", Map.of(), release(account)));
        };
    }

    private static String start(String account) {
        return "{\"account_id\":\"" + account + "\",\"kind\":\"live_dubbing\"}";
    }

    private static String release(String account) {
        return "{\"account_id\":\"" + account + "\",\"epoch\":1,\"used_millis\":7000,\"reason\":\"user\"}";
    }

    /** An id in the form that session-service gives. */
    static String sessionId(String run, long number) {
        String digits = Long.toString(number, 36).toLowerCase(Locale.ROOT);
        return "ses_" + run + "0".repeat(Math.max(0, 26 - run.length() - digits.length())) + digits;
    }
}
