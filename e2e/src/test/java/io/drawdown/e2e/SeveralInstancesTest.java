package io.drawdown.e2e;

import io.drawdown.contracts.Service;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances of each service behind a proxy, started once: sessions hop between them, then all of them are replaced. Its
 * thirteen processes and 200 clients take both cores from every other test, so it runs by itself, and only where
 * {@code DRAWDOWN_TEST_SEVERAL=true} asks for it.
 */
@EnabledIfEnvironmentVariable(named = "DRAWDOWN_TEST_SEVERAL", matches = "true")
@Isolated
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class SeveralInstancesTest {

    /** A machine on which every process starts anew may need more than the usual grace period to serve all again. */
    private static final Map<String, String> SETTINGS =
            Map.of("DRAWDOWN_CHECKPOINT_INTERVAL", "5s", "DRAWDOWN_INSTANCES", "2", "DRAWDOWN_GRACE_PERIOD", "5m");

    private static final String SILENT = "silent";
    private static final long SILENT_MILLIS = 7_000;

    private Suite suite;

    /** The gateway of one session is silent from now on. */
    @BeforeAll
    void start(@TempDir Path home) {
        suite = Suite.start(home, SETTINGS, Service.values());
        suite.open(SILENT, 1_000);
        GatewayCalls gateway = new GatewayCalls(suite, "session-service-1", SILENT);
        gateway.state(gateway.start().path("id").asText(), "heartbeat", SILENT_MILLIS);
    }

    /** Its session was ended at the total that it stated. */
    @AfterAll
    void stop() {
        try (Suite used = suite) {
            SettledAccount silent = SettledAccount.of(used, SILENT);
            silent.checkSessions(1);
            assertThat(silent.sessions().getFirst().path("used_millis").asLong())
                    .isEqualTo(SILENT_MILLIS);
            assertThat(used.check()).isEqualTo("clean[]");
        }
    }

    @Nested
    @Order(1)
    class SessionsHop extends Hops {
        @Override
        Suite suite() {
            return suite;
        }
    }

    @Nested
    @Order(2)
    class AllAreReplaced extends RollingRestart {
        @Override
        Suite suite() {
            return suite;
        }
    }
}
