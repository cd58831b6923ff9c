package io.drawdown.sessions.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session since it runs, whoever owns it.
 *
 * @param token what lets a client come back; null: a gateway has the session
 * @param pausedAt since when it is paused, by the time of the database; null: it is not
 * @param released true: while it is paused, its owner gives back all that it does not use; else absent
 * @param byMedia true: it is paused only because its media stand still at its owner, so its next owner ends the pause; else
 *     absent
 */
public record Begun(
        Instant startedAt,
        @Nullable ResumeToken token,
        @Nullable Instant pausedAt,
        @Nullable Boolean released,
        @Nullable Boolean byMedia) {

    static Begun at(Instant startedAt, @Nullable ResumeToken token) {
        return new Begun(startedAt, token, null, null, null);
    }

    public boolean isReleased() {
        return pausedAt != null && Boolean.TRUE.equals(released);
    }

    Begun with(ResumeToken next) {
        return new Begun(startedAt, next, pausedAt, released, byMedia);
    }

    /** Whether the pause lasts until it is asked that it be over. */
    public boolean isByRequest() {
        return pausedAt != null && !Boolean.TRUE.equals(byMedia);
    }

    Begun paused(Instant since, boolean isReleased, boolean isByRequest) {
        return new Begun(startedAt, token, since, isReleased ? true : null, isByRequest ? null : true);
    }

    Begun goOn() {
        return new Begun(startedAt, token, null, null, null);
    }
}
