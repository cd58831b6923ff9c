package io.drawdown.credits.ledger;

import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.store.AccountCache;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.credits.testing.CountingMetrics;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.Fault;
import io.drawdown.kit.trace.Spans;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances write to one account; one of them drains it. */
class AccountOutboxTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore one = world.core();
    private final CreditsCore other = world.core();

    @Test
    void anEntryAddedToAnOutboxThatAnotherDrainsIsPublishedOnceAndSoon() {
        // Given
        world.open(one, "ada", 90);
        // When
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        world.time.advance(Duration.ofMillis(300));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2", "ada:3");
        assertThat(world.vitals.rowsFound).isZero();
    }

    /** Whoever read before a trim may have written after it; then the outbox holds again what was trimmed. */
    @Test
    void anEntryLeftWhileTheDrainerTrimmedIsFoundByItsNextWrite() {
        // Given
        world.open(one, "ada", 90);
        Account before = world.document("ada");
        world.time.advance(Duration.ofMillis(500));
        assertThat(world.document("ada").outbox().entries()).isEmpty();
        world.accounts.documents.put("ada", before);
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        // When
        world.await(one.commands().charge("ada", "credit", 1, world.key()));
        world.time.advance(Duration.ofMillis(300));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2", "ada:3", "ada:4");
    }

    @Test
    void anEntryAddedToAnOutboxWhoseDrainerDiedIsPublishedByTheFirstThatFindsItOld() {
        // Given
        world.publisher.faults.next(Fault.HANGS);
        world.open(one, "ada", 90);
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        world.time.advance(Duration.ofSeconds(5));
        assertThat(world.publisher.ids("ada")).isEmpty();
        // When
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2", "ada:3", "ada:4");
        assertThat(world.vitals.rowsFound).isPositive();
    }

    @Test
    void aStopPublishesEntriesThatWereLeftToAnotherThatDied() {
        // Given
        world.publisher.faults.next(Fault.HANGS);
        world.open(one, "ada", 90);
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        assertThat(world.publisher.ids("ada")).isEmpty();
        // When
        boolean isNothingLeft = world.await(other.stopGracefully(Duration.ofSeconds(3)));
        // Then
        assertThat(isNothingLeft).isTrue();
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2", "ada:3");
        assertThat(world.document("ada").outbox().entries()).isEmpty();
    }

    @Test
    void aStopFindsNothingToDoWhileTheOtherLives() {
        // Given
        world.open(one, "ada", 90);
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        world.time.advance(Duration.ofMillis(300));
        // When
        world.await(other.stopGracefully(Duration.ofSeconds(3)));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2", "ada:3");
        assertThat(world.vitals.rowsFound).isZero();
    }

    /** Both believed that the other drains it: whoever sees an entry that has waited drains it all the same. */
    @Test
    void entriesThatEachLeftToTheOtherArePublishedByTheSweep() {
        // Given
        one.start();
        other.start();
        world.open(one, "ada", 90);
        Account before = world.document("ada");
        world.time.advance(Duration.ofMillis(2_500));
        world.accounts.documents.put("ada", before);
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        // When
        world.time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(world.publisher.ids("ada")).contains("ada:3", "ada:4");
        assertThat(world.document("ada").outbox().entries()).isEmpty();
    }

    @Test
    void aTrimThatLosesOneRaceStillFindsWhatWasLeftInEveryOutbox() {
        // Given: both outboxes hold entries beyond what is drained, and bob is written while they are trimmed
        world.publisher.faults.isAway = true;
        for (String id : List.of("ada", "bob")) {
            world.open(one, id, 90);
            world.await(one.commands().charge(id, "credit", 1, world.key()));
        }
        AccountStore racing = (AccountStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AccountStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("trim")) {
                        world.accounts.documents.computeIfPresent(
                                "bob", (id, there) -> there.written(there.rev() + 1, "other"));
                    }
                    return method.invoke(world.accounts, arguments);
                });
        Publication publication = new Publication(
                world.ledger,
                racing,
                world.publisher,
                new AccountCache(1, 1, world.time),
                new CountingMetrics(),
                Spans.NONE);
        // When
        Map<String, List<LedgerRow>> left = world.await(publication.trim(Map.of("ada", 2L, "bob", 2L)));
        // Then
        assertThat(left.get("ada")).extracting(LedgerRow::id).containsExactly("ada:3");
        assertThat(left.get("bob")).extracting(LedgerRow::id).containsExactly("bob:1", "bob:2", "bob:3");
        assertThat(world.document("ada").outbox().entries()).hasSize(1);
    }
}
