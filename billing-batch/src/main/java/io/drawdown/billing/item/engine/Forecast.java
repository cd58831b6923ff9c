package io.drawdown.billing.item.engine;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.TeamDocument;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pass over these items would do: which it would process, and what it would charge. It changes nothing, and calls
 * neither Stripe nor a publisher; so it knows of no decline and of no refusal to publish.
 */
public final class Forecast {

    private final Items items;
    private final Tally tally;
    private final TeamStandings standings;
    private final Map<String, Team> teams = new HashMap<>();

    /** The free places of a team that are left in this forecast. */
    private static final class Team {

        private final String payerId;
        private final List<String> holders;
        private int left;

        Team(TeamDocument stored) {
            this.payerId = stored.payerId();
            this.holders =
                    stored.places().stream().map(TeamDocument.Place::chargeId).toList();
            this.left = Math.max(0, TeamDocument.FREE_PLACES - holders.size());
        }

        boolean takes(ItemDocument item) {
            if (holders.contains(item.chargeId())) {
                return true;
            }
            return left > 0 && left-- > 0;
        }
    }

    /** @param asOf the time by which it decides */
    public Forecast(Items items, Tally tally, Instant asOf) {
        this.items = items;
        this.tally = tally;
        standings = new TeamStandings(items.teams(), items.payers(), () -> asOf);
    }

    public Uni<Void> page(List<ItemDocument> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(this::look)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> look(ItemDocument item) {
        if (item.isBacklogged()) {
            return skip();
        }
        if (!(item.state() instanceof ItemState.Open) || isWished(item)) {
            tally.processed();
            return Uni.createFrom().voidItem();
        }
        return team(item.spec().team())
                .chain(team -> isFree(item, team)
                        ? charged(0)
                        : standings
                                .of(item, team.payerId)
                                .chain(standing -> standing.canPay(item)
                                        ? charged(item.spec().priceCents())
                                        : skip()));
    }

    private static boolean isWished(ItemDocument item) {
        return item.charge() != null && item.charge().wish() != null;
    }

    private static boolean isFree(ItemDocument item, Team team) {
        return item.spec().priceCents() == 0 || (item.charge() == null ? team.takes(item) : item.isFree());
    }

    private Uni<Team> team(String id) {
        Team known = teams.get(id);
        return known != null
                ? Uni.createFrom().item(known)
                : items.teams().get(id).map(stored -> teams.computeIfAbsent(id, same -> new Team(stored)));
    }

    private Uni<Void> charged(long cents) {
        tally.processed();
        tally.charged(cents);
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> skip() {
        tally.skipped();
        return Uni.createFrom().voidItem();
    }
}
