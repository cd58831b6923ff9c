package io.drawdown.bench.sessions;

import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.stack.HttpApi;
import java.time.Duration;

/** Sessions that begin and end before anything is measured, so that the services have done it often. */
final class WarmUp {

    private static final int AT_ONCE = 16;
    private static final int ABOUT_PER_SECOND = 50;

    private WarmUp() {}

    static Duration lasts(int sessions) {
        return Duration.ofSeconds(sessions / ABOUT_PER_SECOND);
    }

    /** Returns when all have ended, or have had much more time than they need. */
    static void run(LiveClients clients, HttpApi gateway, String prefix, int sessions) {
        Accounts accounts = new Accounts(prefix, sessions).open(gateway);
        Duration atMost = lasts(sessions).multipliedBy(4).plusMinutes(1);
        int ended = Bulk.tryAll(sessions, AT_ONCE, atMost, number -> {
            LiveClient client = clients.start(accounts.id(number));
            return client.begun().thenCompose(begun -> client.end());
        });
        if (ended < sessions) {
            System.err.println("  only " + ended + " of " + sessions + " sessions of the warm-up began and ended");
        }
    }
}
