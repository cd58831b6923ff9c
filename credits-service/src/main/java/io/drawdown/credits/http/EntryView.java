package io.drawdown.credits.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantPart;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.account.UsedSpan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ledger row as clients see it: what changed, why, and the money right after it. It is the JSON object, field by field,
 * and therefore flat.
 *
 * @param amount signed change of the posted credits
 * @param before posted credits before it, {@code after} after it
 * @param parts what was taken from, or given to, which grant, with the grant's terms
 * @param cut how often the owners of the session had given funded time back by then
 * @param plan what the account has from now on, for {@code plan_changed}; absent: none
 * @param effectiveAt when time alone did this: credits expired, or a grant became effective; {@code at} is when the row was
 *     written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: a ledger row is flat on the wire.
public record EntryView(
        long seq,
        EntryType type,
        Instant at,
        Credits amount,
        Credits before,
        Credits after,
        Credits balance,
        Credits held,
        Credits available,
        List<GrantPart> parts,
        @Nullable String sessionId,
        @Nullable Long epoch,
        @Nullable Long cut,
        @Nullable Long usedFrom,
        @Nullable Long usedTo,
        @Nullable Long fundedMillis,
        @Nullable String meter,
        @Nullable Credits unitPrice,
        @Nullable Long units,
        @Nullable String key,
        String cause,
        @Nullable Integer thresholdPercent,
        @Nullable String plan,
        @Nullable Instant effectiveAt) {

    public static EntryView of(Entry entry) {
        Hold hold = entry.hold();
        UsedSpan used = entry.subject().used();
        Priced priced = entry.subject().priced();
        return new EntryView(
                entry.seq(),
                entry.type(),
                entry.at(),
                entry.amount(),
                entry.movement().before(),
                entry.movement().after(),
                entry.view().balance(),
                entry.view().held(),
                entry.view().available(),
                entry.moved(),
                hold == null ? null : hold.id(),
                hold == null ? null : hold.epoch(),
                hold == null ? null : hold.cut(),
                used == null ? null : used.fromMillis(),
                used == null ? null : used.toMillis(),
                hold == null ? null : hold.fundedMillis(),
                priced == null ? null : priced.tariffName(),
                priced == null ? null : priced.unitPrice(),
                priced == null ? null : priced.units(),
                entry.keyHash(),
                entry.origin().cause(),
                entry.subject().thresholdPercent(),
                entry.subject().plan(),
                entry.effectiveAt());
    }
}
