package io.drawdown.billing.item;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.item.ItemDocument.Agenda;
import io.drawdown.billing.item.ItemDocument.Life;
import io.drawdown.billing.item.ItemState.Cancelled;
import io.drawdown.billing.item.ItemState.Dead;
import io.drawdown.billing.item.ItemState.Open;
import io.drawdown.billing.item.ItemState.Published;
import io.drawdown.billing.item.ItemState.Publishing;
import io.drawdown.billing.item.ItemState.Ready;
import io.drawdown.billing.item.ItemState.Try;
import io.drawdown.billing.item.ItemState.Undecided;
import io.drawdown.billing.item.Outbox.Cents;
import io.drawdown.billing.publish.Posting.Message;
import io.drawdown.billing.publish.PublishFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every change of an item: pure. Each gives the next document, or null if it does not apply. */
public final class ItemRules {

    /** So long after a request to publish its message is looked for; longer than any such request takes. */
    public static final Duration LOOK = Duration.ofSeconds(60);

    /** The reason of a cancellation by this service, because the item has waited too long. */
    public static final String EXPIRED = "expired";

    /** How often a message is looked for and not found before it counts as not posted. */
    static final int LOOKS = 2;

    private ItemRules() {}

    /** A new item. */
    public static ItemDocument queued(ItemSpec spec, Instant turn, Instant now) {
        Life first = new Life(1, now, turn);
        return new ItemDocument(
                spec.documentId(),
                Revision.none(),
                spec,
                first,
                null,
                new Open(now),
                Agenda.of(ItemStatus.QUEUED, now, null, first, spec.documentId()),
                Outbox.EMPTY.with(ItemStatus.QUEUED, 1, now, null, Cents.of(spec, null)));
    }

    /** It was cancelled, and is queued again at today's price. Whatever else has become of it stays. */
    public static @Nullable ItemDocument queuedAgain(ItemDocument item, ItemSpec spec, Instant turn, Instant now) {
        if (!(item.state() instanceof Cancelled)) {
            return null;
        }
        Life next = new Life(item.life().n() + 1, now, turn);
        ItemDocument again = new ItemDocument(
                item.id(), item.revision(), spec, next, null, item.state(), item.agenda(), item.outbox());
        return with(again, null, new Open(now), now, null);
    }

    /** It is decided what is due: nothing if it has a free place. */
    public static @Nullable ItemDocument decided(
            ItemDocument item, String chargeId, boolean hasFreePlace, String payer, Instant now) {
        boolean isSame = item.chargeId().equals(chargeId);
        if (!isSame || !(item.state() instanceof Open) || item.charge() != null) {
            return null;
        }
        long cents = hasFreePlace ? 0 : item.spec().priceCents();
        String reference = "item:" + item.spec().team() + "/" + item.spec().itemId();
        Terms terms = new Terms(payer, cents, Terms.USD, reference, true);
        return with(item, Charge.queued(chargeId, terms, now), item.state(), now, null);
    }

    /** Its charge has changed. */
    public static ItemDocument charged(ItemDocument item, Charge charge, Instant now) {
        ItemState next =
                switch (charge.state()) {
                    case ChargeState.Charged _ -> new Ready(now, 0, null);
                    case ChargeState.Cancelled _ ->
                        new Cancelled(now, Objects.requireNonNull(charge.wish()).reason());
                    case ChargeState.Dead _ -> new Dead(now);
                    default -> item.state();
                };
        return with(item, charge, next, now, reasonOf(charge));
    }

    private static @Nullable String reasonOf(Charge charge) {
        return switch (charge.state()) {
            case ChargeState.Declined declined -> wordOf(declined.decline());
            case ChargeState.Dead dead -> dead.fault().name().toLowerCase(Locale.ROOT);
            case ChargeState.Cancelled _ ->
                Objects.requireNonNull(charge.wish()).reason();
            default -> null;
        };
    }

    private static String wordOf(Decline decline) {
        return Objects.requireNonNullElse(decline.declineCode(), decline.code());
    }

    /** Someone wants it cancelled. It is granted if nothing was paid, and it never was sent to where it is published. */
    public static @Nullable ItemDocument wished(ItemDocument item, String reason, Instant now) {
        Charge charge = item.charge();
        return switch (item.state()) {
            case Open _ ->
                charge == null
                        ? with(item, null, new Cancelled(now, reason), now, reason)
                        : wished(item, charge, charge.wished(reason, now), now);
            case Ready ready
            when item.isFree() && ready.tries() == 0 -> with(item, charge, new Cancelled(now, reason), now, reason);
            default -> null;
        };
    }

    private static @Nullable ItemDocument wished(ItemDocument item, Charge before, Charge wished, Instant now) {
        return wished.equals(before) ? null : with(item, wished, item.state(), now, null);
    }

    /** The same because it is too old; only where no money can be under way. */
    public static @Nullable ItemDocument expired(ItemDocument item, Instant queuedBefore, Instant now) {
        boolean isOld = item.life().queuedAt().isBefore(queuedBefore);
        return isOld && item.status().mayExpire() ? wished(item, EXPIRED, now) : null;
    }

    /** Its team was told that it has expired, at that time. */
    public static @Nullable ItemDocument told(ItemDocument item, Instant expiredAt) {
        Agenda agenda = item.agenda();
        return expiredAt.equals(agenda.notice())
                ? new ItemDocument(
                        item.id(),
                        item.revision(),
                        item.spec(),
                        item.life(),
                        item.charge(),
                        item.state(),
                        Agenda.of(agenda.status(), agenda.due(), null, item.life(), item.id()),
                        item.outbox())
                : null;
    }

    /** A request to publish is about to be made. */
    public static @Nullable ItemDocument publishing(
            ItemDocument item, String token, @Nullable String channel, boolean isForced, Instant now) {
        if (!(item.state() instanceof Ready ready)
                || (!isForced && ready.nextTry().isAfter(now))) {
            return null;
        }
        Try next = new Try(ready.tries() + 1, token, now, channel);
        return with(item, item.charge(), new Publishing(next, 0, now.plus(LOOK)), now, null);
    }

    /** It cannot even be tried. */
    public static @Nullable ItemDocument unpublishable(
            ItemDocument item, PublishFault fault, Instant nextTry, boolean isForced, Instant now) {
        if (!(item.state() instanceof Ready ready)
                || (!isForced && ready.nextTry().isAfter(now))) {
            return null;
        }
        // Nothing was sent, so it does not count as a try: a free place may still be given back.
        return with(item, item.charge(), new Ready(nextTry, ready.tries(), fault), now, fault.code());
    }

    /** It is published: this try was answered so, or its message was found. */
    public static @Nullable ItemDocument published(
            ItemDocument item, String token, @Nullable Message message, Instant now) {
        return isTry(item, token) ? with(item, item.charge(), new Published(now, message), now, null) : null;
    }

    /** This try did not publish it. */
    public static @Nullable ItemDocument notPublished(
            ItemDocument item, String token, PublishFault fault, Instant nextTry, Instant now) {
        return item.state() instanceof Publishing s && s.current().token().equals(token)
                ? with(item, item.charge(), new Ready(nextTry, s.current().n(), fault), now, fault.code())
                : null;
    }

    /** Its message was looked for and is not there. After the second look it counts as not posted. */
    public static @Nullable ItemDocument absent(ItemDocument item, String token, int looksBefore, Instant now) {
        if (!(item.state() instanceof Publishing s) || !s.current().token().equals(token) || s.looks() != looksBefore) {
            return null;
        }
        ItemState next = looksBefore + 1 < LOOKS
                ? new Publishing(s.current(), looksBefore + 1, now.plus(LOOK))
                : new Ready(now, s.current().n(), PublishFault.LOST);
        return with(item, item.charge(), next, now, PublishFault.LOST.code());
    }

    /** It could not be looked for now. After a day of that a person decides. */
    public static @Nullable ItemDocument lookLater(ItemDocument item, String token, Instant now) {
        return item.state() instanceof Publishing s && s.current().token().equals(token)
                ? with(item, item.charge(), s.later(now), now, null)
                : null;
    }

    /** Nobody can look whether it was published. */
    public static @Nullable ItemDocument undecided(ItemDocument item, String token, Instant now) {
        return item.state() instanceof Publishing s && s.current().token().equals(token)
                ? with(item, item.charge(), new Undecided(s.current(), now), now, null)
                : null;
    }

    /** Without the events up to that seq, which are published. */
    public static @Nullable ItemDocument trimmed(ItemDocument item, long drainedTo) {
        Outbox next = item.outbox().trimmed(drainedTo);
        return next.equals(item.outbox())
                ? null
                : new ItemDocument(
                        item.id(),
                        item.revision(),
                        item.spec(),
                        item.life(),
                        item.charge(),
                        item.state(),
                        item.agenda(),
                        next);
    }

    private static boolean isTry(ItemDocument item, String token) {
        return switch (item.state()) {
            case Publishing s -> s.current().token().equals(token);
            case Undecided s -> s.last().token().equals(token); // its answer came late
            default -> false;
        };
    }

    static ItemDocument with(
            ItemDocument item, @Nullable Charge charge, ItemState state, Instant now, @Nullable String reason) {
        ItemStatus status = statusOf(charge, state);
        boolean isNews = status.isNews() && status != item.status();
        Outbox outbox = isNews
                ? item.outbox().with(status, item.life().n(), now, reason, Cents.of(item.spec(), charge))
                : item.outbox();
        Agenda agenda =
                Agenda.of(status, dueOf(item, charge, state, now), noticeOf(item, state), item.life(), item.id());
        return new ItemDocument(item.id(), item.revision(), item.spec(), item.life(), charge, state, agenda, outbox);
    }

    /** It is stored in the write that cancels the item, and stays whatever becomes of the item, until the mail is sent. */
    private static @Nullable Instant noticeOf(ItemDocument item, ItemState state) {
        return state instanceof Cancelled(Instant at, String reason) && reason.equals(EXPIRED)
                ? at
                : item.agenda().notice();
    }

    private static ItemStatus statusOf(@Nullable Charge charge, ItemState state) {
        return switch (state) {
            case Open _ ->
                charge == null
                        ? ItemStatus.QUEUED
                        : ItemStatus.of(charge.state().name());
            case Ready ready -> ready.fault() == null ? ItemStatus.CHARGED : ItemStatus.PUBLISH_FAILED;
            case Publishing _ -> ItemStatus.PUBLISHING;
            case Undecided _ -> ItemStatus.PUBLISH_UNKNOWN;
            case Published _ -> ItemStatus.PUBLISHED;
            case Cancelled _ -> ItemStatus.CANCELLED;
            case Dead _ -> ItemStatus.DEAD;
        };
    }

    private static @Nullable Instant dueOf(ItemDocument item, @Nullable Charge charge, ItemState state, Instant now) {
        return switch (state) {
            case Open _ -> charge == null ? item.life().queuedAt() : dueOf(charge, now);
            case Ready ready -> ready.nextTry();
            case Publishing publishing -> publishing.lookAt();
            case Undecided _, Published _, Cancelled _, Dead _ -> null;
        };
    }

    /** What was asked of Stripe is looked at soon; whoever waits for a card is looked at in every run, which costs no call. */
    private static Instant dueOf(Charge charge, Instant now) {
        boolean isWished = charge.wish() != null;
        return switch (charge.state()) {
            case ChargeState.Declined s when !isWished -> s.nextTry();
            case ChargeState.Unsettled s when !isWished -> s.lookAt();
            case ChargeState.WaitingForCustomer s when !isWished -> s.lookAt();
            default -> now;
        };
    }
}
