package io.drawdown.credits.ledger;

import io.drawdown.credits.ledger.KeyLookUps.AccountKey;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class KeyLookUpsTest {

    private final Deque<Runnable> turns = new ArrayDeque<>();
    private final List<List<AccountKey>> queries = new ArrayList<>();
    private List<LedgerRow> stored = List.of();
    private boolean isAway;
    private final KeyLookUps lookUps = new KeyLookUps(this::query, turns::add);

    private Uni<List<LedgerRow>> query(List<AccountKey> keys) {
        queries.add(keys);
        return isAway
                ? Uni.createFrom().failure(new Unavailable("away"))
                : Uni.createFrom().item(stored);
    }

    @BeforeEach
    void store() {
        CreditsWorld world = new CreditsWorld();
        world.open(world.core(), "ada", 90);
        world.open(world.core(), "bob", 90);
        world.time.advance(Duration.ofSeconds(3));
        stored = List.of(withKey(world.row("ada:1"), "a"), withKey(world.row("bob:1"), "b"));
    }

    private static LedgerRow withKey(LedgerRow row, String key) {
        return new LedgerRow(row.id(), row.schema(), row.account(), null, key, row.entry());
    }

    @Test
    void allThatIsAskedInOneTurnIsOneQueryAndEachGetsItsRow() {
        // When
        CompletableFuture<Optional<LedgerRow>> ofAda = ask("ada", "a");
        CompletableFuture<Optional<LedgerRow>> ofBob = ask("bob", "b");
        CompletableFuture<Optional<LedgerRow>> again = ask("ada", "a");
        CompletableFuture<Optional<LedgerRow>> unknown = ask("ada", "b");
        endTurn();
        // Then
        assertThat(queries)
                .containsExactly(
                        List.of(new AccountKey("ada", "a"), new AccountKey("bob", "b"), new AccountKey("ada", "b")));
        assertThat(ofAda.join()).map(LedgerRow::id).contains("ada:1");
        assertThat(ofBob.join()).map(LedgerRow::id).contains("bob:1");
        assertThat(again.join()).isEqualTo(ofAda.join());
        assertThat(unknown.join()).isEmpty();
    }

    @Test
    void whatIsAskedAfterTheQueryWasSentIsAskedAnew() {
        // When
        CompletableFuture<Optional<LedgerRow>> first = ask("ada", "a");
        endTurn();
        CompletableFuture<Optional<LedgerRow>> second = ask("ada", "a");
        endTurn();
        // Then
        assertThat(queries).hasSize(2);
        assertThat(second.join()).isEqualTo(first.join());
    }

    @Test
    void aFailureReachesAllOfItsTurnAndNoneOfTheNext() {
        // When
        isAway = true;
        CompletableFuture<Optional<LedgerRow>> ofAda = ask("ada", "a");
        CompletableFuture<Optional<LedgerRow>> ofBob = ask("bob", "b");
        endTurn();
        isAway = false;
        CompletableFuture<Optional<LedgerRow>> later = ask("bob", "b");
        endTurn();
        // Then
        assertThat(ofAda).isCompletedExceptionally();
        assertThat(ofBob).isCompletedExceptionally();
        assertThat(later.join()).isPresent();
    }

    private CompletableFuture<Optional<LedgerRow>> ask(String accountId, String keyHash) {
        return lookUps.row(new AccountKey(accountId, keyHash)).subscribeAsCompletionStage();
    }

    private void endTurn() {
        while (!turns.isEmpty()) {
            requireNonNull(turns.poll()).run();
        }
    }
}
