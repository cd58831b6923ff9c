package io.drawdown.credits.accounts;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Credits that come in: at the opening and later. Not refused for a full array, only beyond what an amount can be. */
final class Grants {

    private Grants() {}

    static Decision open(Command.Open command, Circumstances circumstances) {
        Account blank = Draft.blank(command.accountId(), command.openingHash(), circumstances.now());
        Draft draft = new Draft(blank, circumstances);
        draft.post(Posting.of(EntryType.OPENED, "opening").request(command.openingHash()));
        for (NewGrant grant : command.grants()) {
            Optional<Reply.Refused> refusal = refusal(draft, grant);
            if (refusal.isPresent()) {
                return Decision.unchanged(refusal.get());
            }
            add(draft, grant, Posting.of(EntryType.GRANTED, "opening"));
        }
        return draft.changed(new Reply.Opened(draft.finished(), true));
    }

    static Decision add(Draft draft, Command.AddGrant command) {
        Optional<Decision> repeated = Keys.repeated(draft, command.key());
        if (repeated.isPresent()) {
            return repeated.get();
        }
        if (draft.status == AccountStatus.CLOSED) {
            return draft.refused(ProblemType.ACCOUNT_CLOSED);
        }
        Optional<Reply.Refused> refusal = refusal(draft, command.grant());
        if (refusal.isPresent()) {
            return draft.unchanged(refusal.get());
        }
        Posting posting = Posting.of(EntryType.GRANTED, "grant").key(command.key());
        Entry entry = add(draft, command.grant(), posting);
        draft.remember(command.key(), entry);
        return draft.changed(new Reply.Posted(entry, false));
    }

    private static Optional<Reply.Refused> refusal(Draft draft, NewGrant grant) {
        Instant effectiveAt = requireNonNullElse(grant.effectiveAt(), draft.now());
        Instant expiresAt = grant.expiresAt();
        if (!grant.amount().isPositive()) {
            return Optional.of(refused(ProblemType.INVALID_AMOUNT, "a grant is positive"));
        }
        if (expiresAt != null && !(millis(expiresAt).isAfter(draft.now()) && expiresAt.isAfter(effectiveAt))) {
            return Optional.of(
                    refused(ProblemType.INVALID_REQUEST, "a grant expires after it becomes effective and after now"));
        }
        long whole = draft.position().posted().micros() + grant.amount().micros();
        if (whole > Credits.MAX_MICROS) {
            return Optional.of(refused(ProblemType.AMOUNT_OUT_OF_RANGE, "the account would hold more than 2^53"));
        }
        if (draft.holdings.grants().size() >= draft.terms().grants() * Terms.HARD) {
            return Optional.of(refused(ProblemType.ACCOUNT_BACKLOGGED, "too many grants that differ"));
        }
        return Optional.empty();
    }

    private static Reply.Refused refused(ProblemType problem, String detail) {
        return new Reply.Refused(problem, detail, null, null);
    }

    private static Entry add(Draft draft, NewGrant asked, Posting posting) {
        Grant fresh = new Grant(
                "g" + draft.nextSeq(),
                asked.kind(),
                asked.priority(),
                millis(requireNonNullElse(asked.effectiveAt(), draft.now())),
                asked.expiresAt() == null ? null : millis(asked.expiresAt()),
                asked.amount(),
                asked.amount());
        boolean isFull = draft.holdings.grants().size() >= draft.terms().grants();
        Grant grant = isFull ? merged(draft, fresh) : fresh;
        draft.holdings.put(grant);
        if (fresh.isUsable(draft.now())) {
            Warnings.arm(draft);
        }
        return draft.post(posting.credits(asked.amount(), grant));
    }

    /** Into one of the same kind and priority, with the later expiry; itself where there is none. */
    private static Grant merged(Draft draft, Grant fresh) {
        return draft.holdings.grants().stream()
                .filter(other -> other.kind() == fresh.kind() && other.priority() == fresh.priority())
                .filter(other -> !other.isExpired(draft.now()) && isSameStart(other, fresh, draft.now()))
                .findFirst()
                .map(other -> new Grant(
                        other.id(),
                        other.kind(),
                        other.priority(),
                        other.effectiveAt(),
                        later(other.expiresAt(), fresh.expiresAt()),
                        other.original().plus(fresh.original()),
                        other.remaining().plus(fresh.remaining())))
                .orElse(fresh);
    }

    private static boolean isSameStart(Grant one, Grant other, Instant now) {
        return one.isEffective(now) ? other.isEffective(now) : one.effectiveAt().equals(other.effectiveAt());
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return null;
        }
        return one.isAfter(other) ? one : other;
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
