package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.Payers;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the payers and teams of a pass stand, each asked once while it is not forgotten. It only saves work: the charge itself asks
 * again. However many teams have items, those that came up latest are known, and of each of them a few numbers.
 */
final class TeamStandings {

    static final int MOST_TEAMS = 10_000;

    private final Payers payers;
    private final Supplier<Instant> now;
    private final Map<String, Standing> byTeam = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Standing> eldest) {
            return size() > MOST_TEAMS;
        }
    };

    /** @param now the time by which a card rests or not */
    TeamStandings(Payers payers, Supplier<Instant> now) {
        this.payers = payers;
        this.now = now;
    }

    /** What is known of a team in this pass. */
    static final class Standing {

        private boolean isAsked;

        /** What its card may be tried for at a time; 0 if it has none. */
        private long mostCents;

        private boolean isResting;
        private boolean isUnpublishable;

        void cardRests() {
            isResting = true;
        }

        void cannotPublish() {
            isUnpublishable = true;
        }

        /** Whether there is nothing to be done for the item, and nothing to be found out. */
        boolean leavesAlone(ItemDocument item) {
            if (item.state() instanceof ItemState.Ready) {
                return isUnpublishable;
            }
            return needsMoney(item) && (isUnpublishable || isResting || (!hasCard(item) && isWaiting(item)));
        }

        /** Whether it need not wait for a card. */
        boolean canPay(ItemDocument item) {
            return hasCard(item) && !isResting;
        }

        private boolean hasCard(ItemDocument item) {
            return mostCents > 0 && item.spec().priceCents() <= mostCents;
        }

        private void know(Optional<PayerDocument> payer, Instant now) {
            isAsked = true;
            mostCents = payer.map(PayerDocument::mostCents).orElse(0L);
            isResting = payer.map(PayerDocument::rest)
                    .map(PayerDocument.Rest::nextTry)
                    .filter(next -> next.isAfter(now))
                    .isPresent();
        }
    }

    /** Teams that are known. */
    int size() {
        return byTeam.size();
    }

    /** Of the item's team. Its payer is asked when the first item comes that may need one. */
    Uni<Standing> of(ItemDocument item) {
        Standing standing = byTeam.computeIfAbsent(item.spec().team(), team -> new Standing());
        return standing.isAsked || !needsMoney(item) ? Uni.createFrom().item(standing) : ask(payerOf(item), standing);
    }

    /** The same, of that payer. */
    Uni<Standing> of(ItemDocument item, String payerId) {
        Standing standing = byTeam.computeIfAbsent(item.spec().team(), team -> new Standing());
        return standing.isAsked ? Uni.createFrom().item(standing) : ask(payerId, standing);
    }

    private Uni<Standing> ask(String payerId, Standing standing) {
        return payers.find(payerId).map(found -> {
            standing.know(found, now.get());
            return standing;
        });
    }

    private static String payerOf(ItemDocument item) {
        return item.charge() == null
                ? item.spec().team()
                : item.charge().terms().payerId();
    }

    /** Whether its next step takes money for the first time, or again after a decline. */
    private static boolean needsMoney(ItemDocument item) {
        Charge charge = item.charge();
        return item.state() instanceof ItemState.Open
                && charge != null
                && !charge.isFree()
                && charge.wish() == null
                && switch (charge.state()) {
                    case ChargeState.Queued _, ChargeState.Declined _, ChargeState.WaitingForCard _ -> true;
                    default -> false;
                };
    }

    private static boolean isWaiting(ItemDocument item) {
        return item.charge() != null && item.charge().state() instanceof ChargeState.WaitingForCard;
    }
}
