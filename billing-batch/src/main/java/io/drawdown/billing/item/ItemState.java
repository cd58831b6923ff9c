package io.drawdown.billing.item;

import io.drawdown.billing.publish.Posting.Message;
import io.drawdown.billing.publish.PublishFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an item is beside its charge:
 *
 * <pre>
 * Open → Ready ⇄ Publishing → Published
 *  │ │     │         ↓           ↑
 *  │ │     │     Undecided ──────┤ a person says
 *  │ │     │         └──→ Ready ─┘
 *  │ └→ Dead ──→ Ready, or Cancelled: a person says
 *  └──→ Cancelled (from Ready only if nothing was paid, and it never was Publishing)
 * </pre>
 */
public sealed interface ItemState {

    /** Under which names the variants are stored. */
    Map<String, Class<? extends ItemState>> NAMES = Map.of(
            "OPEN", Open.class,
            "READY", Ready.class,
            "PUBLISHING", Publishing.class,
            "UNDECIDED", Undecided.class,
            "PUBLISHED", Published.class,
            "CANCELLED", Cancelled.class,
            "DEAD", Dead.class);

    /** Its charge says where it is; without a charge it is not decided yet whether it has a free place. */
    record Open(Instant since) implements ItemState {}

    /**
     * It is charged, as its charge says or a person who has looked at Stripe, and may be published.
     *
     * @param tries how often that was tried
     * @param fault why the last try failed; absent if there was none
     */
    record Ready(Instant nextTry, int tries, @Nullable PublishFault fault) implements ItemState {}

    /**
     * A request to publish is stored; it may have been sent.
     *
     * @param looks how often the message was looked for and not found
     * @param lookAt when it is looked for next
     */
    record Publishing(Try current, int looks, Instant lookAt) implements ItemState {

        private static final Duration LONGEST = Duration.ofHours(24);

        /** It could not be looked for. */
        ItemState later(Instant now) {
            return now.isAfter(current.at().plus(LONGEST))
                    ? new Undecided(current, now)
                    : new Publishing(current, looks, now.plus(ItemRules.LOOK));
        }
    }

    /** Whether it was published is unknown, and cannot be looked up, or could not for a day. A person decides. */
    record Undecided(Try last, Instant since) implements ItemState {}

    /** @param message absent: the receiver did not say, or a person said that it is published */
    record Published(Instant at, @Nullable Message message) implements ItemState {}

    record Cancelled(Instant at, String reason) implements ItemState {}

    /** Its charge is dead: a person must look. */
    record Dead(Instant at) implements ItemState {}

    /**
     * One try to publish.
     *
     * @param n its number
     * @param token random; tells it from others
     * @param channel absent if it goes through a webhook, whose messages cannot be looked up
     */
    record Try(int n, String token, Instant at, @Nullable String channel) {}
}
