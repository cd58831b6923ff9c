package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The declines of one card number, which the networks limit, whatever payment method it is attached as and whoever
 * pays with it. It outlives the card.
 *
 * @param brand in Stripe's words
 * @param declines of the last 30 days, the oldest first; as many as the network's limit at most
 */
public record DeclineHistory(String fingerprint, String brand, List<Counted> declines) {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_KEPT = 40;

    /** So much later is asked again whether trials that were under way have left something of the cap. */
    private static final Duration TRIAL = Duration.ofMinutes(1);

    /**
     * A decline that was counted.
     *
     * @param id so that it is counted once
     */
    public record Counted(String id, Instant at) {}

    /**
     * How often a network lets a declined card be tried.
     *
     * @param perMonth in 30 days
     * @param perDay in 24 hours
     */
    private record Cap(int perMonth, int perDay) {

        static Cap of(String brand) {
            return switch (brand) {
                case "mastercard" -> new Cap(35, 10);
                default -> new Cap(20, 20); // Visa's; of the others none is known to allow less
            };
        }
    }

    static DeclineHistory of(Card card) {
        return new DeclineHistory(card.fingerprint(), card.brand(), List.of());
    }

    boolean has(String id) {
        return declines.stream().anyMatch(each -> each.id().equals(id));
    }

    DeclineHistory counted(String id, Instant now) {
        List<Counted> next = Stream.concat(
                        declines.stream().filter(each -> isWithin(MONTH, each, now)), Stream.of(new Counted(id, now)))
                .toList();
        return new DeclineHistory(fingerprint, brand, next.subList(Math.max(0, next.size() - MOST_KEPT), next.size()));
    }

    /**
     * When the network lets the card be tried again; not after {@code now} if it does now.
     *
     * @param trials that are under way, each of which may be declined
     */
    Instant allowedAt(int trials, Instant now) {
        Cap cap = Cap.of(brand);
        Instant byMonth = freeAt(MONTH, cap.perMonth(), trials, now);
        Instant byDay = freeAt(DAY, cap.perDay(), trials, now);
        return byMonth.isAfter(byDay) ? byMonth : byDay;
    }

    private Instant freeAt(Duration window, int cap, int trials, Instant now) {
        List<Counted> within =
                declines.stream().filter(each -> isWithin(window, each, now)).toList();
        if (within.size() + trials < cap) {
            return now;
        }
        return within.size() < cap
                ? now.plus(TRIAL)
                : within.get(within.size() - cap).at().plus(window);
    }

    private static boolean isWithin(Duration window, Counted decline, Instant now) {
        return decline.at().plus(window).isAfter(now);
    }
}
