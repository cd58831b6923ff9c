package io.drawdown.billing.testing;

import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpRules;
import io.drawdown.billing.topup.store.TopUpStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Top-ups in memory. */
public final class MemoryTopUps extends MemoryGuarded<TopUpDocument> implements TopUpStore {

    public MemoryTopUps(ManualTime time) {
        super(time);
    }

    @Override
    public Uni<List<TopUpDocument>> due(Instant asOf, int limit) {
        return found(rule -> rule.due() != null && !rule.due().isAfter(asOf), limit);
    }

    @Override
    public Uni<List<TopUpDocument>> watched(@Nullable String afterAccount, int limit) {
        return found(
                rule -> (rule.power().isOn() || TopUpRules.waitsForCard(rule)) && isAfter(rule, afterAccount), limit);
    }

    @Override
    public Uni<List<TopUpDocument>> noticesDue(@Nullable String afterAccount, int limit) {
        return found(rule -> rule.notice() != null && isAfter(rule, afterAccount), limit);
    }

    private static boolean isAfter(TopUpDocument rule, @Nullable String account) {
        return account == null || rule.id().compareTo(account) > 0;
    }

    private Uni<List<TopUpDocument>> found(Predicate<TopUpDocument> wanted, int limit) {
        return answer(
                () -> documents.values().stream().filter(wanted).limit(limit).toList());
    }
}
