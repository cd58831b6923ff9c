package io.drawdown.credits.checks;

import io.drawdown.contracts.Credits;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsistencyChecksTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();

    @BeforeEach
    void liveALittle() {
        for (String id : List.of("ada", "bob", "cyd")) {
            world.open(core, id, 90);
            world.start(core, id, id + "-s");
            world.renew(core, id, id + "-s", 20_000);
            world.await(core.commands().charge(id, "credit", 10, world.key()));
        }
        world.time.advance(Duration.ofSeconds(5));
    }

    @Test
    void aSoundStoreIsClean() {
        // Given: something that is not in the ledger yet
        world.ledger.writes.isAway = true;
        world.await(core.commands().charge("bob", "credit", 5, world.key()));
        // When
        CheckReport report = world.check(core);
        // Then
        assertThat(report.isClean()).isTrue();
        assertThat(report.accounts()).isEqualTo(3);
        assertThat(report.entries()).isEqualTo(16);
        assertThat(report.sums()).isEqualTo(new Sums(270_000_000, 175_000_000, 95_000_000, 0));
    }

    @Test
    void aChangedDocumentIsFound() {
        // Given
        Account ada = world.document("ada");
        Grant grant = ada.grants().getFirst();
        Grant more = new Grant(
                grant.id(),
                grant.kind(),
                grant.priority(),
                grant.effectiveAt(),
                null,
                grant.original(),
                Credits.of(89));
        world.accounts.documents.put("ada", withGrants(ada, List.of(more)));
        // When
        CheckReport report = world.check(core);
        // Then
        assertThat(report.isClean()).isFalse();
        assertThat(report.findings()).extracting(Finding::account).containsOnly("ada");
        assertThat(report.sums().isBalanced()).isFalse();
    }

    @Test
    void anAccountMayBeIssuedMoreInAllThanItMayHoldAtOnce() {
        // Given
        world.open(core, "whale", 8_500_000_000L);
        world.await(core.commands().charge("whale", "credit", 8_000_000_000L, world.key()));
        world.await(core.commands().grant("whale", CreditsWorld.purchased(8_000_000_000L), world.key()));
        world.await(core.commands().charge("whale", "credit", 8_000_000_000L, world.key()));
        // When
        CheckReport report = world.check(core);
        // Then
        assertThat(report.isClean()).isTrue();
        assertThat(report.sums().issued()).isEqualTo(16_500_000_000_000_000L + 270_000_000);
    }

    @Test
    void aMissingRowIsFound() {
        // Given
        world.ledger.rows.remove("bob:4");
        // When
        CheckReport report = world.check(core);
        // Then
        assertThat(report.findings()).extracting(Finding::account).containsOnly("bob");
        assertThat(report.findings()).extracting(Finding::problem).anyMatch(text -> text.contains("follows seq 3"));
    }

    @Test
    void aChangedRowIsFound() {
        // Given
        Entry entry = world.row("cyd:5").entry();
        Entry cheaper = new Entry(
                entry.seq(),
                entry.type(),
                entry.at(),
                Entry.Movement.to(entry.movement().before().minus(Credits.of(9)), Credits.of(-9), entry.parts()),
                entry.view(),
                entry.subject(),
                entry.origin(),
                null);
        world.ledger.rows.put("cyd:5", LedgerRow.of("cyd", cheaper));
        // When
        CheckReport report = world.check(core);
        // Then
        assertThat(report.findings()).extracting(Finding::account).containsOnly("cyd");
    }

    @Test
    void aCheckWaitsForAStoreThatIsAway() {
        // Given
        CheckReport begun = world.await(core.startCheck());
        world.ledger.reads.isAway = true;
        world.time.advance(Duration.ofSeconds(10));
        // When
        world.ledger.reads.isAway = false;
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(world.await(core.check(begun.id())).orElseThrow().isClean()).isTrue();
    }

    @Test
    void anAnswerThatNeverComesDoesNotStopACheck() {
        // Given
        world.ledger.reads.next(Fault.HANGS);
        CheckReport begun = world.await(core.startCheck());
        // When
        world.time.advance(Duration.ofSeconds(15));
        // Then
        assertThat(world.await(core.check(begun.id())).orElseThrow().isClean()).isTrue();
    }

    @Test
    void aCheckWhoseProcessIsGoneReadsAsInterrupted() {
        // Given
        CheckReport begun = CheckReport.begun("chk_1", world.time.now());
        world.checks.reports.put("chk_1", begun);
        // When
        world.time.advance(Duration.ofSeconds(61));
        // Then
        assertThat(world.await(core.check("chk_1")).orElseThrow().state()).isEqualTo(CheckReport.State.INTERRUPTED);
    }

    @Test
    void aStoppedCoreInterruptsItsCheck() {
        // Given
        CheckReport begun = world.await(core.startCheck());
        // When
        core.stop();
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.await(core.check(begun.id())).orElseThrow().state()).isEqualTo(CheckReport.State.INTERRUPTED);
    }

    @Test
    void aSecondStartJoinsTheCheckThatRuns() {
        // Given
        CheckReport first = world.await(core.startCheck());
        // When
        CheckReport second = world.await(core.startCheck());
        // Then
        assertThat(second.id()).isEqualTo(first.id());
    }

    private static Account withGrants(Account account, List<Grant> grants) {
        Account.Money before = account.money();
        return new Account(
                account.id(),
                account.rev(),
                account.lastWrite(),
                account.opening(),
                account.status(),
                account.plan(),
                new Account.Money(grants, before.holds(), before.thresholds(), before.dueAt(), before.asks()),
                account.outbox());
    }
}
