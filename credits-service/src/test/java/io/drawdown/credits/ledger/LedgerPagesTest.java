package io.drawdown.credits.ledger;

import io.drawdown.contracts.EntryType;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.ledger.LedgerPages.Query;
import io.drawdown.credits.testing.CreditsWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerPagesTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();

    /** Twelve entries, of which the last six are not in the ledger yet. */
    @BeforeEach
    void writeTwelveEntries() {
        world.open(core, "ada", 900);
        world.start(core, "ada", "a");
        world.start(core, "ada", "b");
        world.renew(core, "ada", "a", 10_000);
        world.renew(core, "ada", "b", 10_000);
        world.time.advance(Duration.ofSeconds(5));
        world.ledger.writes.isAway = true;
        for (int i = 2; i <= 4; i++) {
            world.renew(core, "ada", "a", i * 10_000L);
            world.renew(core, "ada", "b", i * 10_000L);
        }
    }

    @Test
    void pagesAreLedgerAndOutboxNewestFirstWithoutGap() {
        // When
        List<Long> seen = new ArrayList<>();
        Long before = null;
        for (List<Entry> page = page(before, null); !page.isEmpty(); page = page(before, null)) {
            page.forEach(entry -> seen.add(entry.seq()));
            before = page.getLast().seq();
        }
        // Then
        assertThat(seen).containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void aSessionsPageHoldsItsEntriesOnly() {
        // When
        List<Entry> newest = page(null, "a");
        List<Entry> older = page(newest.getLast().seq(), "a");
        // Then
        assertThat(newest).extracting(Entry::seq).containsExactly(11L, 9L, 7L, 5L);
        assertThat(older).extracting(Entry::type).containsExactly(EntryType.HELD);
    }

    @Test
    void anEntryExplainsItselfWhereverItIs() {
        assertThat(world.await(core.explain("ada", 12)).orElseThrow().type()).isEqualTo(EntryType.SETTLED);
        assertThat(world.await(core.explain("ada", 2)).orElseThrow().type()).isEqualTo(EntryType.GRANTED);
        assertThat(world.await(core.explain("ada", 13))).isEmpty();
        assertThat(world.await(core.explain("ada", 0))).isEmpty();
        assertThat(world.await(core.explain("nobody", 1))).isEmpty();
    }

    @Test
    void anAccountThatIsNotThereHasNoLedger() {
        assertThat(world.await(core.ledger("nobody", new Query(10, null, null))))
                .isEmpty();
    }

    private List<Entry> page(
            @org.jspecify.annotations.Nullable Long before, @org.jspecify.annotations.Nullable String session) {
        return world.await(core.ledger("ada", new Query(4, before, session))).orElseThrow();
    }
}
