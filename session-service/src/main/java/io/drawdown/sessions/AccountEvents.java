package io.drawdown.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EntryType;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.recovery.OverdueHolds;
import java.util.List;

/** Hands account events to the live sessions of the account, and overdue ones to {@link OverdueHolds}. */
public final class AccountEvents {

    private final LiveSessions live;
    private final OverdueHolds overdueHolds;

    public AccountEvents(LiveSessions live, OverdueHolds overdueHolds) {
        this.live = live;
        this.overdueHolds = overdueHolds;
    }

    public void handle(List<AccountEvent> events) {
        for (AccountEvent event : events) {
            live.ofAccount(event.accountId()).forEach(session -> session.accountEvent(event));
            if (event.type() == EntryType.OVERDUE) {
                overdueHolds.handle(event);
            }
        }
    }
}
