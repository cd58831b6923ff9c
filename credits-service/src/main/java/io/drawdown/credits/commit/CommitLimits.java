package io.drawdown.credits.commit;

import java.time.Duration;

/**
 * The bounds of a {@link GroupCommit}.
 *
 * @param commits commits that are under way at once, each of up to {@code lanes} accounts
 * @param pace at least so long after one commit the next one begins, with all that arrived meanwhile
 * @param lanes accounts in one commit
 * @param commandsPerWrite commands of one account in one write
 * @param tries tries of one write before the account counts as busy
 * @param deadline after which a command is answered "unavailable" and is not written any more
 * @param patience how long new work waits for a full outbox before it is refused
 * @param waiting commands that are not answered yet, in all
 * @param remembered accounts whose last document is kept to propose the next write
 * @param alone writes in a row without one of another instance, after which a document is kept although other instances
 *     write accounts too
 */
// More than 8 components: one number for each bound.
public record CommitLimits(
        int commits,
        Duration pace,
        int lanes,
        int commandsPerWrite,
        int tries,
        Duration deadline,
        Duration patience,
        int waiting,
        int remembered,
        int alone) {

    public static final CommitLimits DEFAULT = new CommitLimits(
            8, Duration.ofMillis(2), 128, 64, 16, Duration.ofSeconds(10), Duration.ofSeconds(2), 50_000, 4_096, 128);
}
