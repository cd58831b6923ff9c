package io.drawdown.credits.checks;

import io.drawdown.credits.IdleCore;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(IdleCore.class)
class MongoCheckStoreTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");

    private final MongoCheckStore store =
            Arc.container().instance(MongoCheckStore.class).get();

    @Test
    void aLateSignOfLifeDoesNotUndoTheEnd() {
        // Given
        CheckReport running = CheckReport.begun("chk_1", AT);
        CheckReport finished = running.ended(CheckReport.State.FINISHED, AT.plusSeconds(9));
        store.save(running).await().indefinitely();
        store.save(finished).await().indefinitely();

        // When
        store.save(running.at(AT.plusSeconds(8))).await().indefinitely();

        // Then
        assertThat(store.report("chk_1").await().indefinitely()).contains(finished);
    }
}
