package io.drawdown.credits.ledger;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PublicationTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();

    @Test
    void anEntryBecomesARowAndThenAnEventThatSaysTheSame() {
        // When
        world.open(core, "ada", 90);
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2");
        AccountEvent granted = world.publisher.decoded().getLast();
        Entry row = world.row("ada:2").entry();
        assertThat(granted).isEqualTo(row.event("ada"));
        assertThat(granted.type()).isEqualTo(EntryType.GRANTED);
        assertThat(granted.account().balance()).isEqualTo(Credits.of(90));
        assertThat(world.publisher.events.getLast().type()).isEqualTo("io.drawdown.credits.account.granted.v1");
        assertThat(world.publisher.events.getLast().subject()).isEqualTo("ada");
    }

    @Test
    void aRowThatIsThereAlreadyAndEqualIsPublishedAllTheSame() {
        // Given
        world.ledger.writes.next(Fault.UNKNOWN_DONE);
        // When
        world.open(core, "ada", 90);
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2");
        assertThat(world.vitals.conflicts).isEmpty();
    }

    @Test
    void anyOtherRowInItsPlaceStopsTheAccount() {
        // Given
        world.open(core, "ada", 90);
        world.open(core, "bob", 90);
        world.time.advance(Duration.ofSeconds(3));
        Entry foreign = world.row("ada:2").entry();
        world.ledger.rows.put("ada:3", LedgerRow.of("ada", foreign));
        // When
        world.await(core.commands().charge("ada", "credit", 1, world.key()));
        world.await(core.commands().charge("bob", "credit", 1, world.key()));
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(world.vitals.conflicts).contains("ada:3");
        assertThat(world.document("ada").status()).isEqualTo(AccountStatus.SUSPENDED);
        assertThat(world.publisher.ids("ada")).doesNotContain("ada:3", "ada:4");
        assertThat(world.publisher.ids("bob")).contains("bob:3");
        Reply<Posted> refused = world.await(core.commands().charge("ada", "credit", 1, world.key()));
        assertThat(CreditsWorld.refused(refused).problem()).isEqualTo(ProblemType.ACCOUNT_SUSPENDED);
    }

    @Test
    void aRowThatIsThereButCannotBeReadYetIsAskedForAgain() {
        // Given
        world.ledger.writes.next(Fault.UNKNOWN_DONE);
        world.ledger.unseenReads = 2;
        // When
        world.open(core, "ada", 90);
        world.time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2");
        assertThat(world.vitals.conflicts).isEmpty();
        assertThat(world.document("ada").status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void nothingLeavesTheOutboxBeforeItIsPublished() {
        // Given
        world.publisher.faults.isAway = true;
        // When
        world.open(core, "ada", 90);
        world.await(core.commands().charge("ada", "credit", 1, world.key()));
        world.time.advance(Duration.ofSeconds(30));
        world.await(core.commands().charge("ada", "credit", 1, world.key()));
        // Then
        assertThat(world.document("ada").outbox().entries())
                .extracting(Entry::seq)
                .containsExactly(1L, 2L, 3L, 4L);
        // When
        world.publisher.faults.isAway = false;
        world.time.advance(Duration.ofSeconds(15));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2", "ada:3", "ada:4");
        assertThat(world.document("ada").outbox().entries()).isEmpty();
    }

    @Test
    void aDocumentThatIsCurrentIsTrimmedWithoutReadingIt() {
        // Given
        world.open(core, "ada", 90);
        int peeks = world.accounts.peeks;
        // When
        world.time.advance(Duration.ofMillis(500));
        // Then
        assertThat(world.document("ada").outbox().entries()).isEmpty();
        assertThat(world.accounts.peeks).isEqualTo(peeks);
    }

    @Test
    void aDocumentThatAnotherWroteMeanwhileIsReadAndTrimmed() {
        // Given
        world.open(core, "ada", 90);
        CreditsCore other = world.core();
        // When
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(world.document("ada").outbox().entries()).isEmpty();
        assertThat(world.publisher.ids("ada")).contains("ada:1", "ada:2", "ada:3");
    }

    @Test
    void whatAnotherLeftInATrimmedOutboxIsPublishedAlthoughTheTrimOfASecondOneLostARace() {
        // Given: the trim of a third one lets those of the two go together
        CreditsCore other = world.core();
        world.open(core, "cid", 90);
        world.open(core, "ada", 90);
        world.open(core, "bob", 90);
        world.await(other.commands().charge("ada", "credit", 1, world.key()));
        Reply<Posted> refused = world.await(core.commands().charge("ada", "credit", 1_000, world.key()));
        assertThat(CreditsWorld.refused(refused).problem()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
        world.await(other.commands().charge("bob", "credit", 1, world.key()));
        assertThat(world.document("ada").outbox().entries()).hasSize(3);
        // When
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2", "ada:3");
    }

    @Test
    void entriesThatACrashLeftAreFoundByTheSweepOfAnother() {
        // Given: the one that wrote never gets to publish
        world.publisher.faults.next(Fault.HANGS);
        world.open(core, "ada", 90);
        CreditsCore other = world.core();
        other.start();
        // When
        world.time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(world.publisher.ids("ada")).containsExactly("ada:1", "ada:2");
        assertThat(world.document("ada").outbox().pending()).isNull();
    }

    @Test
    void aTrimmedOutboxDoesNotComeBackWithTheNextWrite() {
        // Given
        world.open(core, "ada", 90);
        world.time.advance(Duration.ofSeconds(5));
        assertThat(world.document("ada").outbox().entries()).isEmpty();
        // When
        world.await(core.commands().charge("ada", "credit", 1, world.key()));
        // Then
        assertThat(world.document("ada").outbox().entries())
                .singleElement()
                .extracting(entry -> entry.subject().priced())
                .isEqualTo(new Priced("credit", 1, Credits.of(1)));
    }
}
