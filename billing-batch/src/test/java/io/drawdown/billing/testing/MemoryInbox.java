package io.drawdown.billing.testing;

import io.drawdown.billing.hook.HintDocument;
import io.drawdown.billing.hook.InboxStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** The inbox in memory. */
public final class MemoryInbox extends MemoryGuarded<HintDocument> implements InboxStore {

    public MemoryInbox(ManualTime time) {
        super(time);
    }

    @Override
    public Uni<List<HintDocument>> due(Instant by, int limit) {
        return answer(() -> documents.values().stream()
                .filter(hint -> hint.due() != null && !hint.due().isAfter(by))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<String>> doneBefore(Instant receivedBefore, String after, int limit) {
        return answer(() -> documents.values().stream()
                .filter(hint -> hint.due() == null && hint.receivedAt().isBefore(receivedBefore))
                .map(HintDocument::id)
                .filter(id -> id.compareTo(after) > 0)
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<Void> remove(List<String> ids) {
        return answer(() -> {
            ids.forEach(documents::remove);
            return null;
        });
    }
}
