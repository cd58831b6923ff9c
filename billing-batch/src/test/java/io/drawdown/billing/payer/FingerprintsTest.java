package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.PayerGate.Entry;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.billing.testing.MemoryGuarded;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What card networks allow, per card number, whoever pays with it. */
class FingerprintsTest {

    private static final Decline SOFT = new Decline("card_declined", "generic_decline", null);

    private final ManualTime time = new ManualTime();
    private final MemoryPayers store = new MemoryPayers(time);
    private final MemoryGuarded<FingerprintDocument> numbers = new MemoryGuarded<>(time);
    private final Payers payers = new Payers(new PayerStores(store, numbers), time, time, new Random(1));

    private static final class MemoryPayers extends MemoryGuarded<PayerDocument> implements PayerStore {
        MemoryPayers(ManualTime time) {
            super(time);
        }
    }

    private <T> T answer(Uni<T> asked) {
        AtomicReference<T> answer = new AtomicReference<>();
        asked.subscribe().with(answer::set, fault -> {
            throw new AssertionError(fault);
        });
        time.advance(Duration.ofSeconds(5));
        return Objects.requireNonNull(answer.get());
    }

    private static Card card(String paymentMethod, String brand) {
        return new Card(paymentMethod, "fp_1", brand, "4242");
    }

    private static Terms terms(String payer) {
        return new Terms(payer, 799, Terms.USD, "item:1", true);
    }

    private void attach(String payer, Card card) {
        answer(payers.attach(payer, "cus_" + payer, card));
    }

    private Entry enter(String payer, String charge) {
        return answer(payers.enter(charge, terms(payer)));
    }

    private void decline(String payer, String charge, Card card) {
        answer(payers.leave(payer, charge, new Leave.Declined("ch_" + charge, card, SOFT)));
    }

    /** The card is attached anew before each try, as another payment method: what its network counts is kept. */
    @ParameterizedTest
    @CsvSource({"visa, 20, 30", "mastercard, 10, 1", "amex, 20, 30"})
    void aCardThatIsAttachedAgainKeepsWhatItsNetworkCounts(String brand, int most, int days) {
        for (int n = 1; n <= most; n++) {
            Card again = card("pm_" + n, brand);
            attach("team", again);
            assertThat(enter("team", "chg-" + n)).isInstanceOf(Entry.Admitted.class);
            decline("team", "chg-" + n, again);
        }
        // When
        attach("team", card("pm_last", brand));
        // Then
        assertThat(enter("team", "chg")).isInstanceOfSatisfying(Entry.NotNow.class, not -> assertThat(not.until())
                .isBetween(
                        time.now().plus(Duration.ofDays(days - 1)), time.now().plus(Duration.ofDays(days))));
    }

    @Test
    void payersOfOneCardShareItsCap() {
        for (int n = 1; n <= 20; n++) {
            Card card = card("pm_" + n, "visa");
            attach("team-" + n, card);
            time.advance(Duration.ofMinutes(16)); // what the first one may have had under way is over
            assertThat(enter("team-" + n, "chg-" + n)).as("team %d", n).isInstanceOf(Entry.Admitted.class);
            decline("team-" + n, "chg-" + n, card);
        }
        // When
        attach("team-21", card("pm_21", "visa"));
        // Then
        assertThat(enter("team-21", "chg-21")).isInstanceOf(Entry.NotNow.class);
        assertThat(Objects.requireNonNull(store.documents.get("team-21")).inFlight())
                .isNull();
    }

    @Test
    void payersOfOneCardThatAreChargedAtTheSameTimeDoNotGoBeyondItsCap() {
        // Given
        for (int n = 0; n < 64; n++) {
            attach("team-" + n, card("pm_" + n, "visa"));
        }
        time.advance(Duration.ofMinutes(16));
        List<Entry> entries = new ArrayList<>();
        // When
        for (int n = 0; n < 64; n++) {
            payers.enter("chg-" + n, terms("team-" + n)).subscribe().with(entries::add, fault -> entries.add(null));
        }
        time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(entries).hasSize(64);
        assertThat(entries.stream().filter(Entry.Admitted.class::isInstance)).hasSizeBetween(1, 20);
    }

    @Test
    void aChargeThatIsOverLeavesItsShareToOthers() {
        // Given
        for (int n = 0; n < 22; n++) {
            attach("team-" + n, card("pm_" + n, "visa"));
        }
        time.advance(Duration.ofMinutes(16));
        for (int n = 0; n < 20; n++) {
            assertThat(enter("team-" + n, "chg-" + n)).isInstanceOf(Entry.Admitted.class);
        }
        assertThat(enter("team-20", "chg-20")).isInstanceOf(Entry.NotNow.class);
        // When
        answer(payers.leave("team-0", "chg-0", new Leave.Paid(card("pm_0", "visa"))));
        // Then
        assertThat(enter("team-20", "chg-20")).isInstanceOf(Entry.Admitted.class);
        assertThat(enter("team-21", "chg-21")).isInstanceOf(Entry.NotNow.class);
    }

    @Test
    void aChargeWhoseProcessDiedIsATrialForAQuarterOfAnHour() {
        // Given
        for (int n = 0; n < 21; n++) {
            attach("team-" + n, card("pm_" + n, "visa"));
        }
        time.advance(Duration.ofMinutes(16));
        for (int n = 0; n < 20; n++) {
            enter("team-" + n, "chg-" + n);
        }
        // When
        time.advance(Duration.ofMinutes(16));
        // Then
        assertThat(enter("team-20", "chg-20")).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void theOnlyPayerOfACardWritesNothingForIt() {
        // Given
        attach("team", card("pm_1", "visa"));
        int before = numbers.writes;
        // When
        Entry entry = enter("team", "chg-1");
        answer(payers.leave("team", "chg-1", new Leave.Paid(card("pm_1", "visa"))));
        // Then
        assertThat(entry).isInstanceOf(Entry.Admitted.class);
        assertThat(numbers.writes).isEqualTo(before);
    }

    @Test
    void whatTheOnlyPayerHasUnderWayCountsOnceAnotherOneJoins() {
        // Given
        Card first = card("pm_1", "visa");
        attach("team-1", first);
        for (int n = 1; n < 20; n++) {
            attach("team-1", first);
            enter("team-1", "chg-" + n);
            decline("team-1", "chg-" + n, first);
        }
        attach("team-1", card("pm_1b", "visa"));
        assertThat(enter("team-1", "chg-20")).isInstanceOf(Entry.Admitted.class);
        // When
        attach("team-2", card("pm_2", "visa"));
        // Then
        assertThat(enter("team-2", "chg-21")).isInstanceOf(Entry.NotNow.class);
    }

    @Test
    void aDeclineThatIsToldTwiceIsCountedOnce() {
        // Given
        Card card = card("pm_1", "visa");
        attach("team", card);
        enter("team", "chg-1");
        // When
        decline("team", "chg-1", card);
        decline("team", "chg-1", card);
        // Then
        assertThat(Objects.requireNonNull(numbers.documents.get("fp_1"))
                        .history()
                        .declines())
                .hasSize(1);
        assertThat(Objects.requireNonNull(Objects.requireNonNull(store.documents.get("team"))
                                .rest())
                        .failures())
                .isEqualTo(1);
    }

    @Test
    void mastercardAllowsThirtyFiveInThirtyDays() {
        // Given
        DeclineHistory history = DeclineHistory.of(card("pm_1", "mastercard"));
        for (int n = 1; n <= 35; n++) {
            history = history.counted("ch_" + n, ManualTime.START.plus(Duration.ofHours(12L * n)));
        }
        // When, then
        assertThat(history.allowedAt(0, ManualTime.START.plus(Duration.ofHours(12L * 35))))
                .isEqualTo(ManualTime.START.plus(Duration.ofHours(12)).plus(Duration.ofDays(30)));
    }
}
