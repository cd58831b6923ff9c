package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import io.drawdown.simulator.history.Scene;
import java.util.List;
import java.util.stream.Stream;

/** Bugs of billing-batch. */
public final class BillingBugs {

    private static final String MOVE = "billing.charge.engine.Move";
    private static final String OUTCOMES = "billing.charge.engine.Outcomes";

    private BillingBugs() {}

    static List<SeededBug> all() {
        return Stream.of(ofCharges(), ofItems(), ofStripe())
                .flatMap(List::stream)
                .toList();
    }

    /** Those of the charge itself, which its own histories find, too. */
    public static List<SeededBug> ofCharges() {
        return List.of(
                confirmBeforeStoring(),
                askForANewIntent(),
                cancelWithoutStripe(),
                confirmAsTheLoser(),
                countDeclinesPerItem());
    }

    private static List<SeededBug> ofItems() {
        return List.of(queueTheChargeAgain(), countThePlacesThenTakeOne(), postAgainAtOnce(), cancelWhatIsPaid());
    }

    private static List<SeededBug> ofStripe() {
        return List.of(endARestAgain());
    }

    private static SeededBug confirmBeforeStoring() {
        return SeededBug.ofBilling(
                "confirm before storing the intent",
                OUTCOMES,
                ": move.writes.write(charge().created(view, card, move.claim()), move::confirm, move::step);",
                """
                : Move.call(move.ports.payments().confirm(
                        Objects.requireNonNull(charge().created(view, card, move.claim()).intent()),
                        ((Confirming) charge().created(view, card, move.claim()).state()).attempt(),
                        true))
                .chain(() -> move.writes.write(
                        charge().created(view, card, move.claim()), move::confirm, move::step));\
                """);
    }

    private static SeededBug askForANewIntent() {
        return SeededBug.ofBilling(
                "a new intent after an unknown outcome",
                OUTCOMES,
                "case Answer.WrongState _, Answer.Unknown _, Answer.KeyInUse _ -> look(IfUnchanged.WAIT);",
                "case Answer.Unknown _ ->"
                        + " move.writes.record(now -> now.canceledAtStripe(move.claim()), move::step);"
                        + " case Answer.WrongState _, Answer.KeyInUse _ -> look(IfUnchanged.WAIT);");
    }

    private static SeededBug cancelWithoutStripe() {
        return SeededBug.ofBilling(
                "cancel without Stripe", MOVE, "WaitingForCard _, WaitingForCustomer _ -> cancel(null);", """
                WaitingForCard _, WaitingForCustomer _ -> leave(new Leave.Untried())
                        .chain(() -> writes.write(charge().canceledAtStripe(claim()), this::step, this::step));\
                """);
    }

    private static SeededBug confirmAsTheLoser() {
        return SeededBug.ofBilling(
                "the loser of the write confirms",
                "billing.charge.engine.ChargeWrites",
                ".map(stored -> keep(stored));",
                ".map(stored -> keep(stored.or(() -> Optional.of(new Stored(next, before.version())))));");
    }

    private static SeededBug countDeclinesPerItem() {
        return SeededBug.ofBilling(
                "declines counted per item",
                "billing.payer.PayerRules",
                "return isCurrent(payer, card) ? counted.with(resting(payer.rest(), chargeId, declined.decline(), now))"
                        + " : counted;",
                "return counted;");
    }

    /** It begins another life, and is charged in that again. */
    private static SeededBug queueTheChargeAgain() {
        return SeededBug.ofBilling(
                "queue the charge again when a publication fails",
                "billing.item.ItemRules",
                "? with(item, item.charge(), new Ready(nextTry, s.current().n(), fault), now, fault.code())",
                """
                ? with(
                        new ItemDocument(
                                item.id(),
                                item.revision(),
                                item.spec(),
                                new Life(item.life().n() + 1, now, now),
                                null,
                                item.state(),
                                item.agenda(),
                                item.outbox()),
                        null,
                        new Open(now),
                        now,
                        fault.code())\
                """);
    }

    /** Two items see the third place free, and both take it. */
    private static SeededBug countThePlacesThenTakeOne() {
        return SeededBug.ofBilling(
                "count the free places, then take one",
                "billing.item.engine.FreePlaces",
                "Uni<Optional<Boolean>> take(TeamDocument known, String chargeId, Turn turn) {",
                """
                Uni<Optional<Boolean>> take(TeamDocument known, String chargeId, Turn turn) {
                    if (!known.isFull() && !known.hasPlace(chargeId)) {
                        return teams.change(known.id(), turn, (current, now) -> current.taken(chargeId, now))
                                .replaceWith(Optional.of(true));
                    }\
                """);
    }

    private static SeededBug postAgainAtOnce() {
        return SeededBug.ofBilling(
                "post again after an unknown outcome",
                "billing.item.engine.Publishing",
                "case Posting.Unknown _ -> Uni.createFrom().item(new Worked.Waits(item));",
                """
                case Posting.Unknown _ ->
                    change(item, turn, (now, at) -> ItemRules.notPublished(
                                    now, current.token(), PublishFault.LOST, at, at))
                            .map(Publishing::failed);\
                """);
    }

    /** Its money is taken, and nobody gets anything for it. */
    private static SeededBug cancelWhatIsPaid() {
        return SeededBug.ofBilling(
                "cancel an item that is paid for",
                "billing.item.ItemRules",
                "when item.isFree() && ready.tries() == 0 ->",
                "when ready.tries() == 0 ->");
    }

    /** The same setup is told by its owner, by two events, and again. */
    private static SeededBug endARestAgain() {
        return new SeededBug(
                Scene.BILLING,
                "a setup that is told again ends the rest of its card",
                List.of(
                        new Edit(
                                "billing.payer.Payers",
                                "if (payer.wallet().setup(token).isEmpty()) {",
                                "if (payer.wallet().kept(card.paymentMethod()).isEmpty()"
                                        + " && payer.wallet().setup(token).isEmpty()) {"),
                        new Edit(
                                "billing.payer.PayerRules",
                                "return setup.map(found -> finished(payer, found, card, now)).orElse(null);",
                                "return setup.map(found -> finished(payer, found, card, now))"
                                        + ".orElseGet(() -> payer.rest() == null ? null : payer.with((Rest) null));")));
    }
}
