package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.charge.engine.GuardedOwner;
import io.drawdown.billing.charge.engine.Moved;
import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.kit.trace.ChainTrace;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import java.util.Optional;

/**
 * Moves an item as far as it goes now, from whatever state is stored: is there a free place, charge it, publish it. Every step is
 * one guarded write that decides again after a lost race, so it may be begun again at any time, and by two at once.
 *
 * <p>Belongs to the thread of its core.
 */
final class ItemWork {

    private final ItemTools tools;
    private final Teams teams;
    private final FreePlaces places;
    private final Charging charging;
    private final Publishing publishing;

    ItemWork(ItemTools tools, Teams teams, FreePlaces places, Charging charging, Publishing publishing) {
        this.tools = tools;
        this.teams = teams;
        this.places = places;
        this.charging = charging;
        this.publishing = publishing;
    }

    /**
     * @param isForced whether a publication is tried before its time
     * @param item may be old
     */
    Uni<Worked> work(ItemDocument item, Turn turn, boolean isForced) {
        if (item.isBacklogged()) {
            return waits(item);
        }
        return switch (item.state()) {
            case ItemState.Open _
            when item.charge() == null ->
                teams.get(item.spec().team()).chain(team -> decide(item, team, turn)
                        .chain(decided -> decided(decided, team, turn, isForced)));
            case ItemState.Open _
            when item.needsMoney() ->
                teams.get(item.spec().team())
                        .chain(team ->
                                mayBeCharged(item, team) ? charge(ownerOf(item), item, turn, isForced) : waits(item));
            case ItemState.Open _ -> charge(ownerOf(item), item, turn, isForced);
            case ItemState.Ready ready ->
                isForced || !ready.nextTry().isAfter(tools.time().now())
                        ? ChainTrace.step(tools.spans(), "publish item", publishing.publish(item, turn, isForced))
                        : waits(item);
            case ItemState.Publishing s ->
                ChainTrace.step(tools.spans(), "look for item", publishing.look(item, s, turn));
            case ItemState.Cancelled _ ->
                places.giveBack(item.spec().team(), item.chargeId(), turn).replaceWith(new Worked.Done(item));
            case ItemState.Undecided _, ItemState.Published _, ItemState.Dead _ ->
                Uni.createFrom().item(new Worked.Done(item));
        };
    }

    /** The team's document decides; a crash before the item says so finds the same place again. */
    private Uni<ItemDocument> decide(ItemDocument item, TeamDocument team, Turn turn) {
        String chargeId = item.chargeId();
        return hasPlace(item, team, turn)
                .chain(isFree -> isFree.isEmpty()
                        ? Uni.createFrom().item(item)
                        : tools.writes()
                                .change(
                                        item,
                                        turn,
                                        (current, now) -> ItemRules.decided(
                                                current, chargeId, isFree.get(), team.payerId(), now)));
    }

    private Uni<Worked> decided(ItemDocument item, TeamDocument team, Turn turn, boolean isForced) {
        if (!(item.state() instanceof ItemState.Open)) {
            return work(item, turn, isForced);
        }
        return item.charge() != null && mayBeCharged(item, team)
                ? charge(ownerOf(item).justWritten(item), item, turn, isForced)
                : waits(item);
    }

    /** Nobody is charged for what cannot be published: it waits until the team has said where. */
    private static boolean mayBeCharged(ItemDocument item, TeamDocument team) {
        return !item.needsMoney() || team.target() != null;
    }

    private Uni<Optional<Boolean>> hasPlace(ItemDocument item, TeamDocument team, Turn turn) {
        return item.spec().priceCents() == 0
                ? Uni.createFrom().item(Optional.of(true))
                : places.take(team, item.chargeId(), turn);
    }

    private GuardedOwner<ItemDocument> ownerOf(ItemDocument item) {
        ItemCharge charge = new ItemCharge(Objects.requireNonNull(item.charge()));
        return new GuardedOwner<>(tools.stores().items(), tools.writes().guarded(), charge, item.id());
    }

    private Uni<Worked> charge(GuardedOwner<ItemDocument> owner, ItemDocument item, Turn turn, boolean isForced) {
        return ChainTrace.step(tools.spans(), "charge item", charging.move(owner, turn))
                .chain(moved -> charged(owner.document().orElse(item), moved, turn, isForced));
    }

    private Uni<Worked> charged(ItemDocument item, Moved moved, Turn turn, boolean isForced) {
        return switch (moved) {
            case Moved.Ended _ -> ended(item, turn, isForced);
            case Moved.Waits _ -> Uni.createFrom().item(waiting(item));
            case Moved.OutOfTime _ -> Uni.createFrom().item(new Worked.OutOfTime(item));
            case Moved.Overtaken _ -> waits(item);
            case Moved.Stopped stopped -> Uni.createFrom().item(new Worked.Stopped(item, stopped.why()));
        };
    }

    private Uni<Worked> ended(ItemDocument item, Turn turn, boolean isForced) {
        return item.state() instanceof ItemState.Open
                ? waits(item) // of a former life
                : work(item, turn, isForced);
    }

    private static Worked waiting(ItemDocument item) {
        Charge charge = item.charge();
        return charge != null && charge.state() instanceof ChargeState.Declined
                ? new Worked.Failed(item)
                : new Worked.Waits(item);
    }

    private static Uni<Worked> waits(ItemDocument item) {
        return Uni.createFrom().item(new Worked.Waits(item));
    }
}
