package io.drawdown.tasks.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far an action is.
 *
 * @param seen tasks that it came to
 * @param skipped how many were left as they are, by the reason
 * @param failures some of those that failed
 * @param cursor where it goes on; null: at the beginning, or nowhere
 * @param more whether it has tasks before it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkTally(
        int seen,
        int done,
        Map<String, Integer> skipped,
        int failed,
        List<BulkFailure> failures,
        @Nullable String cursor,
        boolean more) {

    static final int MOST_FAILURES = 10;

    static BulkTally startingAt(@Nullable String cursor) {
        return new BulkTally(0, 0, Map.of(), 0, List.of(), cursor, true);
    }

    /** What became of one task. At most one of the two is not null; both are null if the action is done. */
    record Outcome(@Nullable Skip skip, @Nullable BulkFailure failure) {
        static final Outcome DONE = new Outcome(null, null);

        static Outcome of(@Nullable Skip skip) {
            return skip == null ? DONE : new Outcome(skip, null);
        }
    }

    /** @param next where it goes on after these; null: nowhere */
    BulkTally and(List<Outcome> outcomes, @Nullable String next) {
        Map<String, Integer> skips = new TreeMap<>(skipped);
        int more = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.skip() != null) {
                skips.merge(outcome.skip().word(), 1, Integer::sum);
            } else if (outcome.failure() == null) {
                more++;
            }
        }
        List<BulkFailure> fresh = outcomes.stream()
                .flatMap(outcome -> Stream.ofNullable(outcome.failure()))
                .toList();
        return new BulkTally(
                seen + outcomes.size(),
                done + more,
                skips,
                failed + fresh.size(),
                Stream.concat(failures.stream(), fresh.stream())
                        .limit(MOST_FAILURES)
                        .toList(),
                next,
                next != null);
    }
}
