package io.drawdown.billing.hook;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The port to Stripe's own list of events, which it keeps for 30 days. Fails as {@code CardVault} does. */
public interface EventFeed {

    /** Whether there is a key of Stripe. */
    boolean isConfigured();

    /**
     * Events in Stripe's order, the latest first.
     *
     * @param last the id of the last one, also of those that are none of ours; absent if there are none
     * @param latestSeconds when the latest of these was made, by Stripe's clock; absent if there are none
     */
    record Page(
            List<Hint> hints,
            @Nullable String last,
            @Nullable Long latestSeconds,
            boolean hasMore) {}

    /**
     * @param fromSeconds only those that were made then or later
     * @param after the page after that event; absent: the first page. Where Stripe no longer lists it, nothing is left after it: the
     *     page is empty
     */
    Uni<Page> list(long fromSeconds, @Nullable String after);

    /** What the charge of that intent is for; empty if the intent is none of ours. */
    Uni<Optional<String>> referenceOf(String paymentIntent);
}
