package io.drawdown.billing.refund;

import io.drawdown.billing.refund.ChargeFacts.Facts;
import io.drawdown.billing.refund.RefundDocument.Dispute;
import io.drawdown.billing.refund.RefundDocument.Paid;
import io.drawdown.billing.testing.MemoryRefunds;
import io.drawdown.contracts.ChargeEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefundsTest implements EventPublisher, ChargeFacts {

    private static final Paid PAID = new Paid("itm_1-1", "acme", "item:acme/page-7", 799);

    private final ManualTime time = new ManualTime();
    private final MemoryRefunds store = new MemoryRefunds(time);
    private final Refunds refunds = new Refunds(new Refunds.Ports(store, this, this), time, time, new Random(1));
    private final List<ChargeEvent> events = new ArrayList<>();

    /** What Stripe shows to who asks now; how long the answer takes. */
    private Optional<Facts> shown = Optional.empty();

    private Duration answerAfter = Duration.ofMillis(1);

    @Override
    public Uni<Void> publish(Topic topic, CloudEvent event) {
        assertThat(topic).isEqualTo(Topic.BILLING_PAYMENT);
        return time.answer(() -> {
            events.add(Json.read(event.data(), ChargeEvent.class));
            return null;
        });
    }

    @Override
    public Uni<Optional<Facts>> charge(String stripeCharge) {
        return Uni.createFrom().deferred(() -> {
            Optional<Facts> seen = shown;
            return time.answer(answerAfter, (Supplier<Optional<Facts>>) () -> seen);
        });
    }

    @Override
    public Uni<Optional<String>> chargeOfRefund(String refund) {
        return Uni.createFrom().item(Optional.of("ch_1"));
    }

    @Override
    public Uni<Optional<String>> chargeOfDispute(String dispute) {
        return Uni.createFrom().item(dispute.equals("dp_unknown") ? Optional.empty() : Optional.of("ch_1"));
    }

    private void shows(long refundedCents, Dispute... disputes) {
        shown = Optional.of(new Facts(PAID, refundedCents, List.of(disputes)));
    }

    private static Dispute dispute(String status) {
        return new Dispute("dp_1", 799, "fraudulent", status);
    }

    private void look(Uni<Void> look) {
        look.subscribe().with(done -> {}, fault -> {
            throw new AssertionError(fault);
        });
    }

    private void settle() {
        time.advance(Duration.ofSeconds(10));
    }

    private RefundDocument stored() {
        return Objects.requireNonNull(store.documents.get("ch_1"));
    }

    @Test
    void refundsAreCumulativeAndToldOnce() {
        // When
        shows(300);
        look(refunds.charge("ch_1"));
        settle();
        look(refunds.refund("re_1"));
        look(refunds.charge("ch_1"));
        settle();
        shows(799);
        look(refunds.refund("re_2"));
        settle();
        // Then
        assertThat(stored().refundedCents()).isEqualTo(799);
        assertThat(events).extracting(ChargeEvent::refundedCents).containsExactly(300L, 799L);
        assertThat(events).extracting(ChargeEvent::seq).containsExactly(1L, 2L);
        assertThat(events).allSatisfy(event -> assertThat(event.reference()).isEqualTo("item:acme/page-7"));
        assertThat(stored().outbox().pending()).isNull();
    }

    @Test
    void aChargeThatNothingBecameOfAndOneThatIsNotOursAreNotStored() {
        // When
        look(refunds.charge("ch_1"));
        shows(0);
        look(refunds.charge("ch_1"));
        look(refunds.dispute("dp_unknown"));
        settle();
        // Then
        assertThat(store.documents).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void whatWasAskedEarlierNeverReplacesWhatWasAskedLater() {
        // Given
        shows(100);
        look(refunds.charge("ch_1"));
        settle();
        // When: a slow look that has seen 200 ends after a fast one that has seen 300
        shows(200);
        answerAfter = Duration.ofSeconds(5);
        look(refunds.charge("ch_1"));
        time.advance(Duration.ofMillis(10));
        shows(300);
        answerAfter = Duration.ofMillis(1);
        look(refunds.charge("ch_1"));
        settle();
        // Then
        assertThat(stored().refundedCents()).isEqualTo(300);
        assertThat(events).extracting(ChargeEvent::refundedCents).containsExactly(100L, 300L);
    }

    @Test
    void theFirstTwoLooksAtOnceAreOneDocument() {
        // When
        shows(100);
        answerAfter = Duration.ofSeconds(5);
        look(refunds.charge("ch_1"));
        time.advance(Duration.ofMillis(10));
        shows(300);
        answerAfter = Duration.ofMillis(1);
        look(refunds.charge("ch_1"));
        settle();
        // Then
        assertThat(stored().refundedCents()).isEqualTo(300);
        assertThat(events).extracting(ChargeEvent::refundedCents).containsExactly(300L);
    }

    @Test
    void aDisputeThatIsClosedStaysClosed() {
        // When
        for (String status : List.of("needs_response", "under_review", "lost", "needs_response", "won")) {
            shows(0, dispute(status));
            look(refunds.dispute("dp_1"));
            settle();
        }
        // Then
        assertThat(stored().disputes()).containsExactly(dispute("lost"));
        assertThat(events)
                .extracting(ChargeEvent::type)
                .containsExactly(
                        ChargeEvent.Type.DISPUTED, ChargeEvent.Type.DISPUTE_CHANGED, ChargeEvent.Type.DISPUTE_CLOSED);
    }

    @Test
    void aDisputeThatIsFirstSeenWhenItIsLostIsToldAsClosed() {
        // When
        shows(0, dispute("lost"));
        look(refunds.dispute("dp_1"));
        settle();
        // Then
        assertThat(events).extracting(ChargeEvent::type).containsExactly(ChargeEvent.Type.DISPUTE_CLOSED);
    }

    @Test
    void anEventThatACrashLeftUnpublishedIsFound() {
        // Given
        RefundDocument written = Objects.requireNonNull(
                        RefundDocument.of("ch_1", PAID).seen(new Facts(PAID, 100, List.of()), time.now()))
                .written("w");
        store.documents.put("ch_1", written);
        // When
        refunds.start();
        time.advance(Duration.ofSeconds(20));
        // Then
        assertThat(events).hasSize(1);
        assertThat(refunds.isDrained()).isTrue();
    }
}
