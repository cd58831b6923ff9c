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
        return List.of(
                queueTheChargeAgain(),
                writeWithoutTheFence(),
                countThePlacesThenTakeOne(),
                postAgainAtOnce(),
                cancelWhatIsPaid());
    }

    private static List<SeededBug> ofStripe() {
        return List.of(orderEventsByTheirSecond(), recordAnOldLook(), endARestAgain());
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

    /** A runner that was frozen past its lease goes on as if nobody had noticed. */
    private static SeededBug writeWithoutTheFence() {
        return SeededBug.ofBilling(
                "write items without the fence of the run",
                "billing.charge.engine.Turn",
                "return !mayWrite.getAsBoolean() || (fence > 0 && written > fence);",
                "return false;");
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

    /** Of a charge that was given back twice within a second the second time is taken for old: {@code created} is in whole seconds. */
    private static SeededBug orderEventsByTheirSecond() {
        return new SeededBug(
                Scene.BILLING,
                "events of Stripe ordered by their second",
                Stream.concat(takeTheSecond(), dropWhatIsNotLater()).toList());
    }

    private static Stream<Edit> takeTheSecond() {
        String hint = "billing.hook.HintDocument";
        return Stream.of(
                new Edit("billing.hook.Hint", "public record Hint(String event, String type, String object) {", """
                        public record Hint(String event, String type, String object, long created) {

                            public Hint(String event, String type, String object) {
                                this(event, type, object, 0);
                            }

                            public Hint at(long seconds) {
                                return new Hint(event, type, object, seconds);
                            }
                        """),
                new Edit(
                        "simulator.billing.outside.LinkedFeed",
                        "Hint.of(event.id(), event.type(), event.object()));",
                        "Hint.of(event.id(), event.type(), event.object())).at(event.createdSeconds());"),
                new Edit(hint, "now, now, 0);", "Instant.ofEpochSecond(hint.created()), now, 0);"),
                new Edit(
                        hint,
                        "return new Hint(id, type, object);",
                        "return new Hint(id, type, object).at(receivedAt.getEpochSecond());"));
    }

    private static Stream<Edit> dropWhatIsNotLater() {
        String core = "billing.CardsCore";
        return Stream.of(new Edit(core, """
                        case CHARGE -> refunds.charge(object);
                        case REFUND -> refunds.refund(object);
                        """, """
                        case CHARGE -> later(hint, Optional.of(object));
                        case REFUND -> ports.facts().chargeOfRefund(object).chain(of -> later(hint, of));
                        """), new Edit(core, "private Uni<Void> tell(String reference) {", """
                        private final java.util.Map<String, Long> latest = new java.util.HashMap<>();

                        private Uni<Void> later(Hint hint, Optional<String> charge) {
                            return charge.isEmpty() || hint.created() <= latest.getOrDefault(charge.get(), 0L)
                                    ? Uni.createFrom().voidItem()
                                    : refunds.charge(charge.get())
                                            .invoke(() -> latest.merge(charge.get(), hint.created(), Math::max));
                        }

                        private Uni<Void> tell(String reference) {\
                        """));
    }

    /** What was read of a charge before somebody else read it is recorded after that. */
    private static SeededBug recordAnOldLook() {
        return SeededBug.ofBilling(
                "record what was given back without the guard",
                "billing.refund.Refunds",
                "(current, now) -> current.rev() == read.rev() ? current.seen(seen, now) : null",
                "(current, now) -> current.seen(seen, now)");
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
