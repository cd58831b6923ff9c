package io.drawdown.sessions.live;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.sessions.document.SessionDocument;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session that can be served: stored as running, with a slice paid for, at its start or when it was taken over.
 *
 * @param answer the answer that paid for it; it has a hold and an account
 * @param resumeToken what lets its client come back, if the service named it
 */
public record FundedStart(
        SessionDocument document,
        Funding.Answer answer,
        @Nullable String resumeToken) {

    HoldView hold() {
        return Objects.requireNonNull(answer.hold());
    }

    AccountView account() {
        return Objects.requireNonNull(answer.account());
    }

    boolean isFirstOwner() {
        return document.owner().epoch() == 1;
    }

    Instant startedAt() {
        return Objects.requireNonNull(document.begun()).startedAt();
    }

    String accountId() {
        return document.origin().accountId();
    }
}
