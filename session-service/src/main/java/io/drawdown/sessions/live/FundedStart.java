package io.drawdown.sessions.live;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.sessions.document.SessionDocument;
import java.util.Objects;

/**
 * A session that can be served: stored as running, with its first slice paid for.
 *
 * @param answer the answer that paid for it; it has a hold and an account
 * @param resumeToken what lets its client come back
 */
public record FundedStart(SessionDocument document, Funding.Answer answer, String resumeToken) {

    HoldView hold() {
        return Objects.requireNonNull(answer.hold());
    }

    AccountView account() {
        return Objects.requireNonNull(answer.account());
    }

    String accountId() {
        return document.origin().accountId();
    }
}
