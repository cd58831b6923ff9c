package io.drawdown.credits.checks;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * How far a check is and what it found.
 *
 * @param updatedAt when it gave its last sign of life
 * @param accounts accounts that were checked so far, and {@code entries} their entries
 * @param findings the first {@value #MOST_FINDINGS}; {@code findingsTotal} counts all
 */
// More than 8 components: a stored document that is one row of counters.
@MongoEntity(collection = "checks")
public record CheckReport(
        @BsonId String id,
        int schema,
        State state,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        long accounts,
        long entries,
        Sums sums,
        List<Finding> findings,
        long findingsTotal) {

    public static final int SCHEMA = 1;
    public static final int MOST_FINDINGS = 100;

    /** A running check without a sign of life for this long has stopped. */
    private static final Duration INTERRUPTED_AFTER = Duration.ofMinutes(1);

    /** Where a check stands. */
    public enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("finished")
        FINISHED,
        /** Its process ended, or what it reads was away for too long; start another one. */
        @JsonProperty("interrupted")
        INTERRUPTED
    }

    public CheckReport {
        findings = List.copyOf(findings);
    }

    static CheckReport begun(String id, Instant now) {
        return new CheckReport(id, SCHEMA, State.RUNNING, now, now, null, 0, 0, Sums.NONE, List.of(), 0);
    }

    /** Finished, nothing found, and every credit accounted for. */
    public boolean isClean() {
        return state == State.FINISHED && findingsTotal == 0 && sums.isBalanced();
    }

    CheckReport with(long moreEntries, Sums more, List<Finding> found) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(found.subList(0, Math.min(found.size(), MOST_FINDINGS - all.size())));
        return new CheckReport(
                id,
                schema,
                state,
                startedAt,
                updatedAt,
                finishedAt,
                accounts + 1,
                entries + moreEntries,
                sums.plus(more),
                all,
                findingsTotal + found.size());
    }

    CheckReport at(Instant now) {
        return new CheckReport(
                id, schema, state, startedAt, now, finishedAt, accounts, entries, sums, findings, findingsTotal);
    }

    CheckReport ended(State how, Instant now) {
        return new CheckReport(id, schema, how, startedAt, now, now, accounts, entries, sums, findings, findingsTotal);
    }

    /** The report as readers see it: a running check that has not been updated for a while counts as interrupted. */
    CheckReport asSeenAt(Instant now) {
        return state == State.RUNNING && updatedAt.plus(INTERRUPTED_AFTER).isBefore(now)
                ? ended(State.INTERRUPTED, updatedAt)
                : this;
    }
}
