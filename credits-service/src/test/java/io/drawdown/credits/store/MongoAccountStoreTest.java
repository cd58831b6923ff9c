package io.drawdown.credits.store;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.IdleCore;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Allocation;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.account.Thresholds;
import io.drawdown.credits.account.UsedSpan;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.testing.CreditsWorld.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(IdleCore.class)
class MongoAccountStoreTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Rate DUBBING = new Rate("live_dubbing", Credits.of(1), 1_000);

    private final MongoAccountStore store =
            Arc.container().instance(MongoAccountStore.class).get();

    static Entry entry(long seq) {
        AccountView view =
                new AccountView(seq, Credits.of(90), Credits.of(60), Credits.of(30), Credits.of(1), Credits.of(90));
        return new Entry(
                seq,
                EntryType.HELD,
                AT,
                Entry.Movement.to(Credits.of(90), Credits.ZERO, List.of()),
                view,
                new Entry.Subject(
                        null,
                        hold(),
                        new Priced("live_dubbing", 60, Credits.of(1)),
                        new UsedSpan(0, 0),
                        null,
                        "starter"),
                new Entry.Origin("start", "key" + seq, "request", seq % 2 == 0 ? null : TRACE),
                AT.minusMillis(1));
    }

    private static Hold hold() {
        return new Hold(
                "ses_1",
                1,
                List.of(new Allocation("g1", Credits.of(60))),
                DUBBING,
                0,
                60_000,
                Credits.ZERO,
                AT.plusSeconds(120),
                0L);
    }

    private static Account account(String id, long rev, List<Entry> outbox, @Nullable Instant dueAt) {
        Grant grant = new Grant("g1", GrantKind.PURCHASED, 40, AT, null, Credits.of(90), Credits.of(90));
        return new Account(
                id,
                rev,
                Account.LastWrite.at(AT, "write" + rev),
                new Account.Opening(AT, "opening"),
                AccountStatus.ACTIVE,
                "starter",
                new Account.Money(
                        List.of(grant), List.of(hold()), new Thresholds(Credits.of(90), List.of(20)), dueAt, null),
                Account.Outbox.of(3, outbox));
    }

    private static List<Entry> entries(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(MongoAccountStoreTest::entry)
                .toList();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    @BeforeEach
    void empty() {
        await(store.deleteAll());
    }

    @Test
    void anAccountComesBackAsItWasWritten() {
        // Given
        Account account = account("ada", 1, entries(2, 3), AT.plusSeconds(60));
        // When
        boolean inserted = await(store.insert(account));
        // Then
        assertThat(inserted).isTrue();
        assertThat(await(store.readLatest("ada"))).contains(account);
        assertThat(await(store.readMaybeStale(List.of("ada", "nobody")))).containsExactly(account);
    }

    @Test
    void aMissingAccountIsEmpty() {
        assertThat(await(store.readLatest("nobody"))).isEmpty();
    }

    @Test
    void anAccountIsInsertedOnce() {
        // Given
        await(store.insert(account("ada", 1, List.of(), null)));
        // When
        boolean again = await(store.insert(account("ada", 7, List.of(), null)));
        // Then
        assertThat(again).isFalse();
        assertThat(await(store.readLatest("ada")).orElseThrow().rev()).isEqualTo(1);
    }

    @Test
    void oneOfTwentyRacingWritersReplaces() {
        // Given
        await(store.insert(account("ada", 1, List.of(), null)));
        // When
        List<Boolean> replaced = await(Uni.join()
                .all(IntStream.range(0, 20)
                        .mapToObj(i -> store.replace(account("ada", 2, List.of(), null), 1))
                        .toList())
                .andFailFast());
        // Then
        assertThat(replaced).containsOnlyOnce(true);
    }

    @Test
    void aBulkReplacesOnlyDocumentsThatAreAsTheyWereRead() {
        // Given
        await(store.insert(account("ada", 1, List.of(), null)));
        await(store.insert(account("bob", 5, List.of(), null)));
        // When
        long replaced = await(store.replaceAll(List.of(
                new Replacement(account("ada", 2, List.of(), null), 1),
                new Replacement(account("bob", 5, List.of(), null), 4),
                new Replacement(account("nobody", 2, List.of(), null), 1))));
        // Then
        assertThat(replaced).isEqualTo(1);
        assertThat(await(store.readLatest("ada")).orElseThrow().writeId()).isEqualTo("write2");
        assertThat(await(store.readLatest("nobody"))).isEmpty();
    }

    @Test
    void aTrimTakesDrainedEntriesAndLeavesTheRevision() {
        // Given
        await(store.insert(account("ada", 1, entries(1, 3), null)));
        // When
        long trimmed = await(store.trim(List.of(new Trim("ada", 1, 2, false))));
        // Then
        assertThat(trimmed).isEqualTo(1);
        Account after = await(store.readLatest("ada")).orElseThrow();
        assertThat(after.outbox().entries()).containsExactly(entry(3));
        assertThat(after.rev()).isEqualTo(1);
        assertThat(after.outbox().pending()).isTrue();
    }

    @Test
    void aTrimOfEverythingTakesTheMarkToo() {
        // Given
        await(store.insert(account("ada", 1, entries(1, 3), null)));
        // When
        await(store.trim(List.of(new Trim("ada", 1, 3, true))));
        // Then
        assertThat(await(store.readLatest("ada"))).contains(account("ada", 1, List.of(), null));
        assertThat(await(store.pendingAccounts(10))).isEmpty();
    }

    @Test
    void aTrimThatLostTheRaceTakesNothing() {
        // Given
        await(store.insert(account("ada", 2, entries(1, 3), null)));
        // When
        long trimmed = await(store.trim(List.of(new Trim("ada", 1, 3, true))));
        // Then
        assertThat(trimmed).isZero();
        assertThat(await(store.readLatest("ada")).orElseThrow().outbox().entries())
                .hasSize(3);
    }

    @Test
    void sweepsFindWhatIsPendingAndWhatIsDue() {
        // Given
        await(store.insert(account("pending", 1, entries(1, 1), null)));
        await(store.insert(account("late", 1, List.of(), AT.plusSeconds(9))));
        await(store.insert(account("due", 1, List.of(), AT)));
        await(store.insert(account("idle", 1, List.of(), null)));
        // When
        List<Account> pending = await(store.pendingAccounts(10));
        // Then
        assertThat(pending).extracting(Account::id).containsExactly("pending");
        assertThat(await(store.dueAccounts(AT.plusSeconds(1), 10))).containsExactly("due");
        assertThat(await(store.dueAccounts(AT.plusSeconds(60), 10))).containsExactly("due", "late");
        assertThat(await(store.dueAccounts(AT.plusSeconds(60), 1))).containsExactly("due");
    }

    @Test
    void accountsArePagedInOrderOfTheirIds() {
        // Given
        for (String id : List.of("c", "a", "b", "B")) {
            await(store.insert(account(id, 1, List.of(), null)));
        }
        // When
        List<Account> first = await(store.page(null, 2));
        List<Account> rest = await(store.page("a", 10));
        // Then
        assertThat(first).extracting(Account::id).containsExactly("B", "a");
        assertThat(rest).extracting(Account::id).containsExactly("b", "c");
    }
}
