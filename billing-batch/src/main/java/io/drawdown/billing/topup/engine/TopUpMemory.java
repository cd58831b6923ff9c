package io.drawdown.billing.topup.engine;

import io.drawdown.billing.topup.TopUpDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The top-ups that are on, as this instance saw them last; it tells which events matter, and decides nothing. */
final class TopUpMemory {

    /** Beyond that, the ones that were seen first are found by the sweep alone. */
    private static final int MOST = 200_000;

    private final Map<String, TopUpDocument> on = new LinkedHashMap<>(16, 0.75f) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TopUpDocument> eldest) {
            return size() > MOST;
        }
    };

    void seen(TopUpDocument rule) {
        if (!rule.power().isOn()) {
            on.remove(rule.id());
            return;
        }
        on.merge(rule.id(), rule, (known, next) -> next.rev() >= known.rev() ? next : known);
    }

    Optional<TopUpDocument> get(String account) {
        return Optional.ofNullable(on.get(account));
    }
}
