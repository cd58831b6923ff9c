package io.drawdown.credits.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the account asks the owners of its sessions to give back what they do not use: all at once, at most once a second. All
 * instances read it here. It decides only whom to ask and what to wait for, so it is no money and in no entry.
 *
 * @param at of the latest ask
 * @param openUntil until then somebody waits for what comes back, so settlements do not refill; absent if nobody does
 * @param asked the holds that had something to give back and had not done it when this was written
 */
public record Asks(Instant at, @Nullable Instant openUntil, List<Asked> asked) {

    /** An owner answers within this time, and an account is not asked twice within it. */
    public static final Duration WITHIN = Duration.ofSeconds(1);

    /** An owner that did not answer is not asked again for so long. */
    public static final Duration SILENT = Duration.ofSeconds(10);

    public Asks {
        asked = List.copyOf(asked);
    }

    /** A hold that was asked, as it was then. */
    public record Asked(String holdId, long epoch, long cut, Instant at) {

        private boolean isOpen(Hold hold, Instant now) {
            return holdId.equals(hold.id())
                    && epoch == hold.epoch()
                    && cut == hold.cut()
                    && now.isBefore(at.plus(SILENT));
        }
    }

    /** The asks after these holds are asked; {@code before} are those that there were. */
    public static Asks of(@Nullable Asks before, Instant now, List<Hold> holds, List<Hold> all) {
        Stream<Asked> open = before == null
                ? Stream.empty()
                : before.asked.stream().filter(each -> all.stream().anyMatch(hold -> each.isOpen(hold, now)));
        Stream<Asked> fresh = holds.stream().map(hold -> new Asked(hold.id(), hold.epoch(), hold.cut(), now));
        return new Asks(now, now.plus(WITHIN), Stream.concat(open, fresh).toList());
    }

    /** Whether the owner of this hold was asked and has neither answered nor been given up. */
    public boolean isAsked(Hold hold, Instant now) {
        return asked.stream().anyMatch(each -> each.isOpen(hold, now));
    }

    /** Whether the owner of this hold should have answered long ago: nothing is expected of it. */
    public boolean isSilent(Hold hold, Instant now) {
        return asked.stream().anyMatch(each -> each.isOpen(hold, now) && !now.isBefore(each.at.plus(WITHIN)));
    }

    /** Whether somebody waits for what comes back. */
    public boolean isAwaited(Instant now) {
        return openUntil != null && now.isBefore(openUntil);
    }

    /** Nobody waits any more. */
    public Asks closed() {
        return new Asks(at, null, asked);
    }
}
