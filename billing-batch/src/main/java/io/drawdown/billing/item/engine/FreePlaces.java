package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.TeamDocument.Place;
import io.drawdown.billing.item.store.ItemStores;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Who has the free places of a team.
 *
 * <p>The idea: the team's document holds the charges that have one, three at most, and is the only place where that is decided. An
 * item asks there before its own document says what is due. A crash between the two leaves a place that the item finds again. An
 * item that is cancelled gives its place back afterwards; if a crash prevents that, whoever finds all places taken looks at their
 * items first, and takes back what cancelled ones left; and what was given to an item too late, when it had become free only after
 * somebody else had decided that the item is paid for.
 *
 * <p>A place is named by the charge, so it belongs to one life of an item: an item that is queued again asks anew, and taking back
 * what its former life had does not meet it.
 */
final class FreePlaces {

    private final ItemStores stores;
    private final Teams teams;

    FreePlaces(ItemStores stores, Teams teams) {
        this.stores = stores;
        this.teams = teams;
    }

    /**
     * Whether this charge has a place, which it is given if there is one. Empty: there is one, and this turn may not give it.
     *
     * @param known may be old
     */
    Uni<Optional<Boolean>> take(TeamDocument known, String chargeId, Turn turn) {
        if (isSpent(known)) {
            return Uni.createFrom().item(Optional.of(known.hasPlace(chargeId)));
        }
        return teams.change(known.id(), turn, (current, now) -> current.taken(chargeId, now))
                .chain(found -> {
                    boolean isSure = found.hasPlace(chargeId) || isSpent(found);
                    return isSure ? Uni.createFrom().item(answer(found, chargeId)) : takeBack(found, chargeId, turn);
                });
    }

    private static Optional<Boolean> answer(TeamDocument team, String chargeId) {
        boolean hasPlace = team.hasPlace(chargeId);
        return hasPlace || team.isFull() ? Optional.of(hasPlace) : Optional.empty();
    }

    /** All places are taken for good: that does not change any more. */
    private static boolean isSpent(TeamDocument team) {
        return team.isFull() && team.open().isEmpty();
    }

    private Uni<Optional<Boolean>> takeBack(TeamDocument full, String chargeId, Turn turn) {
        return Multi.createFrom()
                .iterable(full.open())
                .onItem()
                .transformToUniAndConcatenate(place -> review(full.id(), place, turn))
                .collect()
                .asList()
                .chain(() -> teams.change(full.id(), turn, (current, now) -> current.taken(chargeId, now)))
                .map(found -> answer(found, chargeId));
    }

    private Uni<Void> review(String team, Place place, Turn turn) {
        return stores.items()
                .get(ItemDocument.idOf(place.chargeId()))
                .chain(found -> found.isEmpty() ? Uni.createFrom().voidItem() : review(team, place, found.get(), turn));
    }

    private Uni<Void> review(String team, Place place, ItemDocument item, Turn turn) {
        boolean isSameLife = item.chargeId().equals(place.chargeId());
        boolean isPaid = item.charge() != null && !item.isFree();
        if (!isSameLife || isPaid || item.state() instanceof ItemState.Cancelled) {
            return giveBack(team, place.chargeId(), turn);
        }
        return item.wasPublishing()
                ? teams.change(team, turn, (current, now) -> current.settled(place.chargeId()))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    /** The item of this charge is cancelled. */
    Uni<Void> giveBack(String team, String chargeId, Turn turn) {
        return teams.change(team, turn, (current, now) -> current.givenBack(chargeId))
                .replaceWithVoid();
    }
}
