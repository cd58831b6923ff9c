package io.drawdown.credits.ledger;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.GrantPart;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.IdleCore;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.testing.CreditsWorld.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(IdleCore.class)
class MongoLedgerStoreTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Rate DUBBING = new Rate("live_dubbing", Credits.of(1), 1_000);

    private final MongoLedgerStore store =
            Arc.container().instance(MongoLedgerStore.class).get();

    private static LedgerRow row(String account, long seq, @Nullable String session, @Nullable String key) {
        Hold hold = session == null
                ? null
                : new Hold(session, 1, List.of(), DUBBING, 1_000, 60_000, Credits.of(1), AT.plusSeconds(60), 0L);
        AccountView view =
                new AccountView(seq, Credits.of(9), Credits.of(0), Credits.of(9), Credits.of(1), Credits.of(10));
        return LedgerRow.of(
                account,
                new Entry(
                        seq,
                        EntryType.SETTLED,
                        AT,
                        Entry.Movement.to(
                                Credits.of(9),
                                Credits.of(-1),
                                List.of(new GrantPart(
                                        "g1", GrantKind.PROMO, 500, AT, AT.plusSeconds(9), Credits.of(1)))),
                        view,
                        new Entry.Subject(null, hold, null, null, null, null),
                        new Entry.Origin("checkpoint", key, key == null ? null : "request", TRACE),
                        null));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    @BeforeEach
    void empty() {
        await(store.deleteAll());
    }

    @Test
    void rowsComeBackAsTheyWereWritten() {
        // Given
        LedgerRow row = row("ada", 1, "ses_1", "k1");
        // When
        List<String> there = await(store.insertAll(List.of(row, row("ada", 2, null, null))));
        // Then
        assertThat(there).isEmpty();
        assertThat(await(store.row("ada", 1))).contains(row);
        assertThat(await(store.row("ada", 3))).isEmpty();
    }

    @Test
    void rowsThatAreThereStayAndAreNamedAndTheOthersAreWritten() {
        // Given
        LedgerRow first = row("ada", 1, null, "k1");
        await(store.insertAll(List.of(first, row("ada", 2, null, null))));
        // When
        List<String> there = await(store.insertAll(
                List.of(row("ada", 1, null, "other"), row("ada", 2, null, null), row("ada", 3, null, null))));
        // Then
        assertThat(there).containsExactlyInAnyOrder("ada:1", "ada:2");
        assertThat(await(store.row("ada", 1))).contains(first);
        assertThat(await(store.row("ada", 3))).isPresent();
    }

    @Test
    void aKeyLeadsToItsRowInItsAccountOnly() {
        // Given
        await(store.insertAll(
                List.of(row("ada", 1, null, "k1"), row("bob", 1, null, "k1"), row("ada", 2, null, null))));
        // When, Then
        assertThat(await(store.byKey("ada", "k1"))).map(LedgerRow::id).contains("ada:1");
        assertThat(await(store.byKey("ada", "k2"))).isEmpty();
    }

    @Test
    void aRangeIsInOrderAndLeavesOutWhatIsNotThere() {
        // Given
        await(store.insertAll(
                List.of(row("ada", 11, null, null), row("ada", 9, null, null), row("ada", 10, null, null))));
        // When
        List<LedgerRow> range = await(store.range("ada", 8, 10));
        // Then
        assertThat(range).extracting(LedgerRow::id).containsExactly("ada:9", "ada:10");
    }

    @Test
    void aSessionsRowsAreNewestFirstAndPaged() {
        // Given
        await(store.insertAll(List.of(
                row("ada", 1, "ses_1", null),
                row("ada", 2, "ses_2", null),
                row("ada", 3, "ses_1", null),
                row("ada", 4, "ses_1", null))));
        // When
        List<LedgerRow> newest = await(store.bySession("ada", "ses_1", null, 2));
        List<LedgerRow> rest = await(store.bySession("ada", "ses_1", 3L, 2));
        // Then
        assertThat(newest).extracting(LedgerRow::id).containsExactly("ada:4", "ada:3");
        assertThat(rest).extracting(LedgerRow::id).containsExactly("ada:1");
        assertThat(await(store.bySession("bob", "ses_1", null, 2))).isEmpty();
    }
}
