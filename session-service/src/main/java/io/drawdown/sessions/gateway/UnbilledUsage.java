package io.drawdown.sessions.gateway;

import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what gateways stated beyond the funding of sessions that this process ended: it is not charged. */
public final class UnbilledUsage implements GuardedWrites.Listener<SessionDocument> {

    private final Consumer<SessionDocument> next;
    private long millis;

    /** @param next hears of every document too */
    public UnbilledUsage(Consumer<SessionDocument> next) {
        this.next = next;
    }

    /** Since this process runs. */
    public long millis() {
        return millis;
    }

    @Override
    public void offered(SessionDocument document) {
        next.accept(document);
    }

    @Override
    public void written(@Nullable SessionDocument before, SessionDocument written) {
        if (written.state() instanceof Ended ended && (before == null || before.isOpen())) {
            millis += ended.servedMillis() - ended.usedMillis();
        }
    }
}
