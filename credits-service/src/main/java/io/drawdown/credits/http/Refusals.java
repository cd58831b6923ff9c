package io.drawdown.credits.http;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.credits.decision.Reply;
import io.drawdown.kit.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the core answers to a client's command, or the problem that it answers with. */
public final class Refusals {

    private Refusals() {}

    /** @throws ProblemException if it was refused */
    public static Reply.Posted posted(Reply reply) {
        return switch (reply) {
            case Reply.Posted posted -> posted;
            case Reply.Refused refused -> throw problem(refused);
            case Reply.Opened opened -> throw unexpected(reply);
            case Reply.Funded funded -> throw unexpected(reply);
            case Reply.Nothing nothing -> throw unexpected(reply);
        };
    }

    /** @throws ProblemException if it was refused */
    public static Reply.Opened opened(Reply reply) {
        return switch (reply) {
            case Reply.Opened opened -> opened;
            case Reply.Refused refused -> throw problem(refused);
            case Reply.Posted posted -> throw unexpected(reply);
            case Reply.Funded funded -> throw unexpected(reply);
            case Reply.Nothing nothing -> throw unexpected(reply);
        };
    }

    /**
     * The account is in the state that was asked for, since now or since earlier.
     *
     * @throws ProblemException if it was refused
     */
    public static void reached(Reply reply) {
        if (reply instanceof Reply.Refused refused) {
            throw problem(refused);
        }
    }

    private static ProblemException problem(Reply.Refused refused) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        Credits required = refused.required();
        AccountView account = refused.account();
        if (required != null) {
            extensions.put("credits_required", required);
        }
        if (account != null) {
            extensions.put("credits_remaining", account.available());
            extensions.put("credits_held", account.held());
            extensions.put("seq", account.seq());
        }
        return new ProblemException(refused.problem(), refused.detail(), extensions);
    }

    private static IllegalStateException unexpected(Reply reply) {
        return new IllegalStateException("not an answer to this command: " + reply.getClass());
    }
}
