package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs of clients that come back, and of sessions that go from one instance to another. */
final class HopBugs {

    private HopBugs() {}

    static List<SeededBug> all() {
        return List.of(tokenReused(), strictRotation(), hopWithoutFence(), handOverByAnswer(), resumeFromOwnTotal());
    }

    /** Whoever has seen a token once can always take the session. */
    private static SeededBug tokenReused() {
        return SeededBug.of(
                "token reused",
                "sessions.resume.ResumeAttempt",
                ".map(token -> current.takeOver(taker, proof).with(token))",
                ".map(token -> current.takeOver(taker, proof))");
    }

    /** A client that did not hear the answer is locked out. */
    private static SeededBug strictRotation() {
        return SeededBug.of(
                "strict rotation", "sessions.document.ResumeToken", "&& nextAttempt > attempt;", "&& nextAttempt < 0;");
    }

    /** The former owner may still spend from the hold. */
    private static SeededBug hopWithoutFence() {
        return SeededBug.of(
                "hop without fence",
                "sessions.resume.Resumption",
                ".deferred(() -> all.credits().takeover(id(), request))",
                """
                .deferred(() -> all.credits()
                        .renew(
                                id(),
                                new Funding.Renew(request.accountId(), request.proofEpoch(), usedByProof()),
                                null))\
                """);
    }

    /** The owner answers, and serves until that is stored: what it served meanwhile is lost. */
    private static SeededBug handOverByAnswer() {
        return SeededBug.of(
                "hand-over by answer instead of by document", "sessions.live.LiveSession", """
                control.stop();
                finalWrite.handOver(\
                """, "finalWrite.handOver(");
    }

    /** The taker counts from its own beginning, not from the answer. */
    private static SeededBug resumeFromOwnTotal() {
        return SeededBug.of(
                "resume from the taker's own total",
                "sessions.live.MeteredMedia",
                ".from(start.hold().usedMillis())",
                ".from(0)");
    }
}
