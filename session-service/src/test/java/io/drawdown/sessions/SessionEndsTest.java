package io.drawdown.sessions;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.document.SessionStore.OpenSessions;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator ends many sessions at once. */
class SessionEndsTest {

    private final World world = new World();

    private void start(String account, int sessions) {
        world.credits.grant(account, 100_000);
        for (int session = 0; session < sessions; session++) {
            world.start(account, account + session);
        }
    }

    private SessionEnds.Page end(OpenSessions which) {
        AtomicReference<SessionEnds.Page> page = new AtomicReference<>();
        world.core().requests().endPage(which, null).subscribe().with(page::set);
        world.time.advance(Duration.ofSeconds(2));
        return Objects.requireNonNull(page.get());
    }

    @Test
    void allSessionsOfAnAccountEndAndNoOthers() {
        // Given
        start("ada", 3);
        start("bob", 1);
        // When
        SessionEnds.Page page = end(new OpenSessions("ada", null, null, null));
        // Then
        assertThat(page).isEqualTo(new SessionEnds.Page(3, null));
        assertThat(world.broker.lifecycle)
                .filteredOn(event -> event.type() == SessionEvent.Type.ENDED)
                .hasSize(3)
                .allSatisfy(event -> {
                    assertThat(event.accountId()).isEqualTo("ada");
                    assertThat(event.reason()).isEqualTo(EndReason.OPERATOR);
                });
    }

    @Test
    void sessionsAreFoundByKindAndByInstance() {
        // Given
        start("ada", 2);
        // Then
        assertThat(end(new OpenSessions(null, "no_such_kind", null, null)).requested())
                .isZero();
        assertThat(end(new OpenSessions(null, null, "two", null)).requested()).isZero();
        assertThat(end(new OpenSessions(null, "live_dubbing", null, null)).requested())
                .isEqualTo(2);
        assertThat(end(new OpenSessions(null, null, "one", null)).requested()).isZero();
    }

    @Test
    void manyTakeSeveralPages() {
        // Given
        start("ada", 201);
        // When
        SessionEnds.Page first = end(new OpenSessions("ada", null, null, null));
        SessionEnds.Page second = end(new OpenSessions("ada", null, null, first.nextAfterId()));
        // Then
        assertThat(first.requested()).isEqualTo(200);
        assertThat(second).isEqualTo(new SessionEnds.Page(1, null));
        assertThat(world.core().health().live()).isZero();
    }
}
