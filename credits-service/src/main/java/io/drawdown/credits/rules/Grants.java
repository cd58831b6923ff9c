package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Account.Opening;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Keys;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Opened;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Posting;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.Warnings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/**
 * Credits that come in, at the opening and later. Paid credits are never refused for want of room, only if the account
 * would hold more than an amount can be. Given credits are refused where {@link GrantRoom} finds no room.
 */
final class Grants {

    private Grants() {}

    static Decision<Opened> open(@Nullable Account account, Command.Open command, DecisionContext context) {
        if (account == null) {
            return open(command, context);
        }
        return account.opening().requestHash().equals(command.openingHash())
                ? new Decision.Unchanged<>(new Reply.Done<>(new Opened(account, false)), Set.of())
                : Decision.refused(Refusal.of(ProblemType.ACCOUNT_EXISTS, account.view(context.now())));
    }

    private static Decision<Opened> open(Command.Open command, DecisionContext context) {
        Account blank = Account.blank(command.accountId(), new Opening(context.now(), command.openingHash()));
        Draft draft = new Draft(blank, context);
        draft.beginCommand();
        draft.post(Posting.of(EntryType.OPENED, "opening").request(command.openingHash()));
        for (NewGrant grant : command.grants()) {
            Optional<Refusal> invalid = invalid(draft, grant);
            if (invalid.isPresent()) {
                return Decision.refused(invalid.get());
            }
            Optional<Grant> room = room(draft, grant);
            if (room.isEmpty()) {
                return Decision.refused(Refusal.withoutAccount(ProblemType.TOO_MANY_GRANTS));
            }
            add(draft, grant, room.get(), Posting.of(EntryType.GRANTED, "opening"));
        }
        return draft.changed(new Opened(draft.finished(), true));
    }

    static Decision<Posted> add(Draft draft, Command.AddGrant command) {
        Optional<Decision<Posted>> repeated = Keys.repeated(draft, command.key());
        if (repeated.isPresent()) {
            return repeated.get();
        }
        if (draft.status() == AccountStatus.CLOSED) {
            return draft.refused(ProblemType.ACCOUNT_CLOSED);
        }
        Optional<Refusal> invalid = invalid(draft, command.grant());
        if (invalid.isPresent()) {
            return draft.refused(invalid.get());
        }
        Optional<Grant> room = room(draft, command.grant());
        if (room.isEmpty()) {
            return draft.refused(ProblemType.TOO_MANY_GRANTS);
        }
        Posting posting = Posting.of(EntryType.GRANTED, command.cause()).key(command.key());
        Entry entry = add(draft, command.grant(), room.get(), posting);
        return draft.changed(new Posted(entry, false));
    }

    /** Why the grant is refused, whatever other grants the account has; empty if it is not. */
    private static Optional<Refusal> invalid(Draft draft, NewGrant asked) {
        Instant effectiveAt = requireNonNullElse(asked.effectiveAt(), draft.now());
        Instant expiresAt = asked.expiresAt();
        if (!asked.amount().isPositive()) {
            return Optional.of(Refusal.of(ProblemType.INVALID_AMOUNT, "the amount of a grant is positive"));
        }
        if (expiresAt != null && !(millis(expiresAt).isAfter(draft.now()) && expiresAt.isAfter(effectiveAt))) {
            return Optional.of(
                    Refusal.of(ProblemType.INVALID_REQUEST, "expires_at is later than effective_at and than now"));
        }
        long whole = draft.balances().posted().micros() + asked.amount().micros();
        if (whole > Credits.MAX_MICROS) {
            return Optional.of(
                    Refusal.of(ProblemType.AMOUNT_OUT_OF_RANGE, "the account would hold more than 2^33 credits"));
        }
        return Optional.empty();
    }

    /** The grant after these credits came in; empty if the account has no room for them. */
    private static Optional<Grant> room(Draft draft, NewGrant asked) {
        Grant fresh = new Grant(
                "g" + draft.nextSeq(),
                asked.kind(),
                asked.priority(),
                millis(requireNonNullElse(asked.effectiveAt(), draft.now())),
                asked.expiresAt() == null ? null : millis(asked.expiresAt()),
                asked.amount(),
                asked.amount());
        return new GrantRoom(draft.grants(), draft.limits().grants(), draft.now()).of(fresh);
    }

    private static Entry add(Draft draft, NewGrant asked, Grant grant, Posting posting) {
        draft.put(grant);
        if (grant.isUsable(draft.now())) {
            Warnings.arm(draft);
        }
        return draft.post(posting.credits(asked.amount(), grant));
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
