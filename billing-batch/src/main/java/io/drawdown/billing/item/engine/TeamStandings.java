package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.TeamDocument;
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

    private final Teams teams;
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
    TeamStandings(Teams teams, Payers payers, Supplier<Instant> now) {
        this.teams = teams;
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
        private boolean hasTarget;

        void cardRests() {
            isResting = true;
        }

        void cannotPublish() {
            isUnpublishable = true;
        }

        /** Whether there is nothing to be done for the item, and nothing to be found out. */
        boolean leavesAlone(ItemDocument item) {
            if (item.needsMoney()) {
                return isUnpublishable || !hasTarget || isResting || (!hasCard(item) && isWaiting(item));
            }
            return isUnpublishable && (item.state() instanceof ItemState.Ready || isNew(item));
        }

        /** Whether it need wait neither for a card nor for a place to be published. */
        boolean canPay(ItemDocument item) {
            return hasTarget && hasCard(item) && !isResting;
        }

        private boolean hasCard(ItemDocument item) {
            return mostCents > 0 && item.spec().priceCents() <= mostCents;
        }

        private void know(TeamDocument team, Optional<PayerDocument> payer, Instant now) {
            isAsked = true;
            hasTarget = team.target() != null;
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
        return standing.isAsked || !item.needsMoney()
                ? Uni.createFrom().item(standing)
                : ask(item, payerOf(item), standing);
    }

    /** The same, of that payer. */
    Uni<Standing> of(ItemDocument item, String payerId) {
        Standing standing = byTeam.computeIfAbsent(item.spec().team(), team -> new Standing());
        return standing.isAsked ? Uni.createFrom().item(standing) : ask(item, payerId, standing);
    }

    private Uni<Standing> ask(ItemDocument item, String payerId, Standing standing) {
        return teams.get(item.spec().team())
                .chain(team -> payers.find(payerId).invoke(payer -> standing.know(team, payer, now.get())))
                .replaceWith(standing);
    }

    private static String payerOf(ItemDocument item) {
        return item.charge() == null
                ? item.spec().team()
                : item.charge().terms().payerId();
    }

    /** Whether nothing was done with it yet. */
    private static boolean isNew(ItemDocument item) {
        return item.state() instanceof ItemState.Open && item.charge() == null;
    }

    private static boolean isWaiting(ItemDocument item) {
        return item.charge() != null && item.charge().state() instanceof ChargeState.WaitingForCard;
    }
}
