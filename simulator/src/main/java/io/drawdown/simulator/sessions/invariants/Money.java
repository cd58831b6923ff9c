package io.drawdown.simulator.sessions.invariants;

import io.drawdown.contracts.Credits;
import io.drawdown.sessions.protocol.Frame;
import org.jspecify.annotations.Nullable;

/** What a frame tells about an account. */
record Money(
        String account, long seq, Credits balance, @Nullable Credits available) {

    /**
     * Null if it tells nothing about it.
     *
     * @param account of the session, where the frame does not name it
     */
    static @Nullable Money of(Frame frame, String account) {
        return switch (frame) {
            case Frame.Started(Frame.Running s) -> new Money(s.account(), s.seq(), s.balance(), s.available());
            case Frame.Resumed(Frame.Running s) -> new Money(s.account(), s.seq(), s.balance(), s.available());
            case Frame.Balance f -> new Money(account, f.seq(), f.balance(), f.available());
            case Frame.Warning f -> new Money(account, f.seq(), f.balance(), null);
            case Frame.Ending f -> new Money(account, f.seq(), f.balance(), f.available());
            case Frame.Extended f -> new Money(account, f.seq(), f.balance(), f.available());
            case Frame.Ended f
            when f.seq() != null && f.balance() != null -> new Money(account, f.seq(), f.balance(), null);
            case Frame.Ended _,
                    Frame.Refused _,
                    Frame.Unfunded _,
                    Frame.Paused _,
                    Frame.Continued _,
                    Frame.Restarting _,
                    Frame.Replaced _,
                    Frame.Error _,
                    Frame.Pong _ -> null;
        };
    }
}
