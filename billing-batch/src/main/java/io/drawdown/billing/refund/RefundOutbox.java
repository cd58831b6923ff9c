package io.drawdown.billing.refund;

import io.drawdown.billing.store.OutboxContents;
import io.drawdown.contracts.ChargeEvent;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.json.Json;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the events of refunds and disputes are kept. */
record RefundOutbox(RefundStore store) implements OutboxContents<RefundDocument, ChargeEvent> {

    @Override
    public Topic topic() {
        return Topic.BILLING_PAYMENT;
    }

    @Override
    public List<ChargeEvent> unsent(RefundDocument document) {
        return document.unsent();
    }

    @Override
    public long seq(ChargeEvent event) {
        return event.seq();
    }

    @Override
    public CloudEvent cloudEvent(ChargeEvent event) {
        return new CloudEvent(
                event.id(),
                event.type().eventType(),
                Service.BILLING_BATCH.serviceName(),
                event.chargeId(),
                event.at(),
                event.chargeId(),
                Json.bytes(event));
    }

    @Override
    public @Nullable RefundDocument trimmed(RefundDocument document, long drainedTo) {
        return document.trimmed(drainedTo);
    }

    @Override
    public RefundDocument written(RefundDocument document, String writeId) {
        return document.written(writeId);
    }

    @Override
    public Uni<List<RefundDocument>> pending(Instant before, int limit) {
        return store.unsent(before, limit);
    }
}
