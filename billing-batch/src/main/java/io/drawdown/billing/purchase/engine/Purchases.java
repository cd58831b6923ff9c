package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseRules;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.billing.purchase.store.PurchaseEvents;
import io.drawdown.billing.purchase.store.PurchaseStore;
import io.drawdown.billing.store.DocumentOutbox;
import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.PaymentEvent;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The purchases of credits: the one place where they are begun and moved on. Every answer comes on the core's thread. Fails with
 * {@code Unavailable} or {@code OutcomeUnknown} if a store or credits-service does; every call may be repeated.
 */
public final class Purchases {

    private final PurchaseStore store;
    private final Payers payers;
    private final CreditAccounts credits;
    private final DocumentOutbox<PurchaseDocument, PaymentEvent> outbox;
    private final GuardedWrites<PurchaseDocument> writes;
    private final PurchaseWork work;
    private final PurchaseSweep sweep;
    private final PurchaseSettings settings;
    private final Time time;
    private final Map<PurchaseStatus, Long> over = new EnumMap<>(PurchaseStatus.class);
    private Consumer<PurchaseDocument> whenOver = purchase -> {};

    public Purchases(
            PurchasePorts ports, PurchaseSettings settings, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = ports.store();
        this.payers = ports.payers();
        this.credits = ports.credits();
        this.settings = settings;
        this.time = time;
        outbox = new DocumentOutbox<>(
                "look for unsent events of purchases",
                store,
                new PurchaseEvents(store),
                ports.events(),
                time,
                scheduler,
                random);
        writes = new GuardedWrites<>(store, PurchaseDocument::written, new Heard(), time, scheduler, random);
        work = new PurchaseWork(
                new PurchaseWork.Ports(store, writes, ports.charging(), credits, ports.refunds(), ports.alarms(), time),
                settings.customerPatience());
        sweep = new PurchaseSweep(store, writes, purchase -> work(purchase, PurchaseSweep.PATIENCE), time, scheduler);
    }

    /** Looks for what a crash left behind. */
    public void start() {
        outbox.start();
        sweep.start();
    }

    /** Begins nothing more by itself. */
    public void stop() {
        sweep.stop();
    }

    public DocumentOutbox<PurchaseDocument, PaymentEvent> outbox() {
        return outbox;
    }

    public PurchaseSettings settings() {
        return settings;
    }

    public PurchaseStore store() {
        return store;
    }

    /** How many this instance has brought to their end, and to which. */
    public Map<PurchaseStatus, Long> over() {
        return Map.copyOf(over);
    }

    /** Who hears of purchases that are over; maybe more than once. */
    public void whenOver(Consumer<PurchaseDocument> told) {
        whenOver = told;
    }

    private final class Heard implements GuardedWrites.Listener<PurchaseDocument> {

        @Override
        public void offered(PurchaseDocument purchase) {
            outbox.offered(purchase);
            if (purchase.status().isOver()) {
                whenOver.accept(purchase);
            }
        }

        @Override
        public void written(@Nullable PurchaseDocument before, PurchaseDocument next) {
            if (next.status().isOver() && (before == null || !before.status().isOver())) {
                over.merge(next.status(), 1L, Long::sum);
            }
        }
    }

    /**
     * Begins the purchase under that id, unless it was begun before, and moves it as far as it goes now. It is begun only for an
     * account that takes credits, and for a payer with a card that may be tried now.
     */
    public Uni<Bought> buy(String id, PurchaseSpec spec, Duration patience) {
        return store.get(id)
                .chain(found ->
                        found.isPresent() ? begun(found.get(), spec, patience, true) : first(id, spec, patience));
    }

    /** By this request, or meanwhile by another one with the same key. */
    private Uni<Bought> begun(PurchaseDocument begun, PurchaseSpec spec, Duration patience, boolean isRepeated) {
        return begun.spec().requestHash().equals(spec.requestHash())
                ? work(begun, patience).map(purchase -> new Bought.Begun(purchase, isRepeated))
                : refused(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }

    private Uni<Bought> first(String id, PurchaseSpec spec, Duration patience) {
        return credits.standing(spec.account()).chain(standing -> switch (standing.status()) {
            case MISSING -> refused(ProblemType.ACCOUNT_NOT_FOUND);
            case CLOSED -> refused(ProblemType.ACCOUNT_CLOSED);
            case SUSPENDED -> refused(ProblemType.ACCOUNT_SUSPENDED);
            case ACTIVE ->
                canPay(spec, Optional.empty())
                        .chain(canPay -> canPay
                                ? begin(id, spec).chain(begun -> begun(begun, spec, patience, false))
                                : refused(ProblemType.NO_USABLE_CARD));
        });
    }

    private static Uni<Bought> refused(ProblemType problem) {
        return Uni.createFrom().item(new Bought.Refused(problem));
    }

    /**
     * Whether the account has a card that may be tried now for such a purchase.
     *
     * @param card that it must be; empty: whichever it is
     */
    public Uni<Boolean> canPay(PurchaseSpec spec, Optional<String> card) {
        return payers.find(spec.account())
                .map(found -> found.filter(payer -> card.isEmpty() || paysWith(payer, card.get()))
                        .flatMap(payer -> nextTry(payer, spec))
                        .filter(next -> !next.isAfter(time.now()))
                        .isPresent());
    }

    private static boolean paysWith(PayerDocument payer, String card) {
        return payer.card() != null && payer.card().paymentMethod().equals(card);
    }

    /** When the card was attached that pays for the account; empty if there is none. */
    public Uni<Optional<Instant>> cardSince(String account) {
        return payers.find(account).map(found -> found.flatMap(PayerDocument::cardSince));
    }

    /** When a card may be tried for such a purchase, maybe now; empty: once another one is attached. */
    public Uni<Optional<Instant>> nextTry(PurchaseSpec spec) {
        return payers.find(spec.account()).map(found -> found.flatMap(payer -> nextTry(payer, spec)));
    }

    private Optional<Instant> nextTry(PayerDocument payer, PurchaseSpec spec) {
        return payer.nextTry(PurchaseRules.terms(PurchaseRules.REFERENCE, spec), time.now());
    }

    /** The purchase with that id; it is begun if there is none. Nothing is asked of anybody. */
    public Uni<PurchaseDocument> begin(String id, PurchaseSpec spec) {
        return store.get(id)
                .chain(found ->
                        found.isPresent() ? Uni.createFrom().item(found) : writes.insert(PurchaseRules.begun(id, spec)))
                .chain(begun -> begun.isPresent() ? Uni.createFrom().item(begun) : begunByAnother(id))
                .map(begun -> begun.orElseThrow(() -> new IllegalStateException("gone: " + id)));
    }

    private Uni<Optional<PurchaseDocument>> begunByAnother(String id) {
        return store.get(id).onFailure().transform(OutcomeUnknown::afterWrite);
    }

    /** Its owner does not want it any more. What still may take money is cancelled at Stripe; money that was taken stays taken. */
    public Uni<PurchaseDocument> cancel(PurchaseDocument purchase, String reason, Duration patience) {
        return writes.change(purchase, (current, now) -> PurchaseRules.givenUp(current, reason, now))
                .chain(wished -> work(wished, patience));
    }

    /** As stored, read after this call. */
    public Uni<Optional<PurchaseDocument>> find(String id) {
        return store.get(id);
    }

    /** Moves it as far as it goes within that time. It goes on whatever happens, so no fault says that nothing was done. */
    public Uni<PurchaseDocument> work(PurchaseDocument purchase, Duration patience) {
        return work.work(purchase, Turn.unfenced(left(patience))).onFailure().transform(OutcomeUnknown::afterWrite);
    }

    private Supplier<Duration> left(Duration patience) {
        long until = time.nanos() + patience.toNanos();
        return () -> Duration.ofNanos(Math.max(0, until - time.nanos()));
    }

    /** Stripe says that something happened to its intent. Fails unless that was read. */
    public Uni<Void> look(String id) {
        return store.get(id)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : work.work(found.get(), Turn.hinted(left(PurchaseSweep.PATIENCE)))
                                .replaceWithVoid());
    }

    /** Credits came to an account: the second way to learn that a purchase is granted. */
    public Uni<Void> heard(AccountEvent event) {
        String id = PurchaseDocument.idOf(event.cause());
        return id == null
                ? Uni.createFrom().voidItem()
                : store.get(id)
                        .chain(found -> found.isEmpty() || found.get().status().isOver()
                                ? Uni.createFrom().voidItem()
                                : granted(found.get(), event).replaceWithVoid());
    }

    private Uni<PurchaseDocument> granted(PurchaseDocument purchase, AccountEvent event) {
        return writes.change(
                purchase,
                (current, now) -> current.spec().account().equals(event.accountId())
                        ? PurchaseRules.granted(current, event.account().seq(), now)
                        : null);
    }

    /** Fresh money of an account. */
    public Uni<Granting.Standing> standing(String account) {
        return credits.standing(account);
    }
}
