package io.drawdown.e2e;

import io.drawdown.cli.stack.Stack;
import io.drawdown.client.SessionRequest;
import io.drawdown.contracts.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With 200 sessions running, each process in turn is killed with -9 and started again: nothing is lost, nothing is charged
 * twice.
 */
class KillTest {

    private static final int SESSIONS = 200;
    private static final int ACCOUNTS = 50;
    private static final int FIRST_SLICES = 4 * 60;
    private static final int PATIENCE_SECONDS = 180;
    private static final List<String> VICTIMS = List.of(
            Service.CHECKPOINT_WORKER.serviceName(),
            Service.CREDITS_SERVICE.serviceName(),
            Stack.BROKER,
            Stack.DATABASE,
            Service.SESSION_SERVICE.serviceName());

    @Test
    void everyProcessMayBeKilled(@TempDir Path home) throws InterruptedException {
        try (Suite suite = Suite.start(home, Map.of("DRAWDOWN_CHECKPOINT_INTERVAL", "5s"))) {
            // Given: 50 accounts with four sessions each; some run out of credits on the way, some are still live when
            // their owner dies
            List<PersistentClient> clients = suite.clients(
                    SESSIONS, i -> new SessionRequest("kill-" + i % ACCOUNTS, "live_dubbing", "key-" + i));
            for (int i = 0; i < ACCOUNTS; i++) {
                suite.open("kill-" + i, FIRST_SLICES + i % 3 * 80L);
            }
            Thread playing = Thread.ofVirtual().start(() -> suite.runAll(clients, PATIENCE_SECONDS));
            suite.await(60, () -> clients.stream().allMatch(client -> client.saw("started")));

            // When
            for (String victim : VICTIMS.stream().filter(suite::owns).toList()) {
                suite.kill(victim);
                suite.startAgain(victim);
            }
            playing.join();

            // Then
            for (int i = 0; i < ACCOUNTS; i++) {
                String account = "kill-" + i;
                SettledAccount settled = SettledAccount.of(suite, account);
                settled.checkSessions(SESSIONS / ACCOUNTS);
                settled.checkMoney(clients.stream()
                        .filter(client -> client.account().equals(account))
                        .flatMap(client -> client.frames().stream())
                        .toList());
            }
            assertThat(suite.check()).isEqualTo("clean[]");
        }
    }
}
