package io.drawdown.credits.http;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Shortfall;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.kit.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal of the core as a problem. */
public final class Refusals {

    private Refusals() {}

    /** @throws ProblemException if the command was refused */
    public static <R> R done(Reply<R> reply) {
        return switch (reply) {
            case Reply.Done<R>(R result) -> result;
            case Reply.Refused<R>(Refusal refusal) -> throw problem(refusal);
        };
    }

    private static ProblemException problem(Refusal refusal) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        Credits required = refusal.required();
        AccountView account = refusal.account();
        if (required != null) {
            extensions.put("credits_required", required);
        }
        if (account != null) {
            extensions.put("credits_remaining", account.available());
            extensions.put("credits_held", account.held());
            extensions.put("seq", account.seq());
        }
        if (required != null
                && account != null
                && Shortfall.of(required, account).isHeld()) {
            extensions.put("retry_after", Shortfall.RETRY_SECONDS);
        }
        return new ProblemException(refusal.problem(), refusal.detail(), extensions);
    }
}
