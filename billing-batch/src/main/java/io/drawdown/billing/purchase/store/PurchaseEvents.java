package io.drawdown.billing.purchase.store;

import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseOutbox;
import io.drawdown.billing.purchase.PurchaseRules;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.store.OutboxContents;
import io.drawdown.contracts.PaymentEvent;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.json.Json;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of purchases. */
public final class PurchaseEvents implements OutboxContents<PurchaseDocument, PaymentEvent> {

    private final PurchaseStore store;

    public PurchaseEvents(PurchaseStore store) {
        this.store = store;
    }

    @Override
    public Topic topic() {
        return Topic.BILLING_PAYMENT;
    }

    @Override
    public List<PaymentEvent> unsent(PurchaseDocument purchase) {
        return purchase.outbox().unsent().stream()
                .map(entry -> eventOf(purchase, entry))
                .toList();
    }

    private static PaymentEvent eventOf(PurchaseDocument purchase, PurchaseOutbox.Entry entry) {
        PurchaseSpec spec = purchase.spec();
        return new PaymentEvent(
                PaymentEvent.Type.of(entry.status().word()),
                purchase.id(),
                entry.seq(),
                spec.account(),
                new PaymentEvent.Purchase(
                        spec.pack().name(), spec.pack().credits(), spec.isAutomatic(), entry.grantSeq()),
                spec.pack().priceCents(),
                Terms.USD,
                entry.at(),
                entry.reason());
    }

    @Override
    public long seq(PaymentEvent event) {
        return event.seq();
    }

    @Override
    public CloudEvent cloudEvent(PaymentEvent event) {
        return new CloudEvent(
                event.id(),
                event.type().eventType(),
                Service.BILLING_BATCH.serviceName(),
                event.paymentId(),
                event.at(),
                event.paymentId(),
                Json.bytes(event));
    }

    @Override
    public @Nullable PurchaseDocument trimmed(PurchaseDocument purchase, long drainedTo) {
        return PurchaseRules.trimmed(purchase, drainedTo);
    }

    @Override
    public PurchaseDocument written(PurchaseDocument purchase, String writeId) {
        return purchase.written(writeId);
    }

    @Override
    public Uni<List<PurchaseDocument>> pending(Instant before, int limit) {
        return store.unsent(before, limit);
    }
}
