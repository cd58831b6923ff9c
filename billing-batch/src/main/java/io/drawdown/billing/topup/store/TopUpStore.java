package io.drawdown.billing.topup.store;

import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port to the top-ups. */
public interface TopUpStore extends GuardedStore<TopUpDocument> {

    /** Those with something to do at that time, the longest due first. */
    Uni<List<TopUpDocument>> due(Instant asOf, int limit);

    /** Those that are on, or that another card turns on, in the order of their accounts. */
    Uni<List<TopUpDocument>> watched(@Nullable String afterAccount, int limit);

    /** Those with a mail that is due, in the order of their accounts. */
    Uni<List<TopUpDocument>> noticesDue(@Nullable String afterAccount, int limit);
}
