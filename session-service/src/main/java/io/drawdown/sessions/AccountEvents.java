package io.drawdown.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EntryType;
import io.drawdown.sessions.gateway.GatewaySessions;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.recovery.OverdueHolds;
import java.util.List;

/**
 * Hands account events to the live sessions of the account, overdue ones to {@link OverdueHolds} and to the sessions of
 * gateways, and suspensions to {@link SuspendedAccounts}.
 */
public final class AccountEvents {

    private final LiveSessions live;
    private final OverdueHolds overdueHolds;
    private final GatewaySessions gateways;
    private final SuspendedAccounts suspended;

    AccountEvents(LiveSessions live, OverdueHolds overdueHolds, GatewaySessions gateways, SuspendedAccounts suspended) {
        this.live = live;
        this.overdueHolds = overdueHolds;
        this.gateways = gateways;
        this.suspended = suspended;
    }

    void stop() {
        suspended.stop();
    }

    public void handle(List<AccountEvent> events) {
        for (AccountEvent event : events) {
            suspended.handle(event);
            live.ofAccount(event.accountId()).forEach(session -> session.accountEvent(event));
            if (event.type() == EntryType.OVERDUE) {
                overdueHolds.handle(event);
                gateways.overdue(event);
            }
        }
    }
}
