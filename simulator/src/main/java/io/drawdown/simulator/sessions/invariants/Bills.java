package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.Credits;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.simulator.world.Findings;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether the cost that a session shows is true. */
final class Bills {

    private Bills() {}

    /** The cost may become known once, after the end. */
    static boolean isSameEnd(SessionState before, SessionState after) {
        return before.equals(after)
                || (before instanceof Ended was
                        && after instanceof Ended is
                        && is.bill() != null
                        && was.equals(new Ended(is.reason(), is.usedMillis(), is.at(), null, is.statedMillis())));
    }

    static void check(Findings findings, SessionDocument document) {
        if (document.state() instanceof Ended ended && ended.bill() != null) {
            check(findings, document, ended.usedMillis(), ended.bill().cost());
        }
    }

    static void check(Findings findings, Frame frame, Function<String, @Nullable SessionDocument> stored) {
        if (frame instanceof Frame.Ended ended && ended.cost() != null) {
            SessionDocument document = stored.apply(ended.sessionId());
            if (document != null) {
                check(findings, document, ended.usedMillis(), ended.cost());
            }
        }
    }

    private static void check(Findings findings, SessionDocument document, long totalMillis, Credits cost) {
        findings.expect(
                cost.micros() == Costs.micros(document.origin().kind(), totalMillis),
                "the cost that a session states is the price of its total",
                () -> document + " is said to have cost " + cost);
    }
}
