package io.drawdown.billing.charge;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a charge is in its life, as its document says:
 *
 * <pre>
 * Queued → Preparing → Confirming → Charged
 *   ↑ ↓        ↑         ↑ ↓ ↓
 * WaitingFor   └─ gen+1  │ │ └→ Unsettled           Stripe is not done, or a person must look
 *   Card ────────────────┤ │                          n + 1: the next attempt
 *                        │ ├→ Declined               until the card's next try
 *                        ├─┼→ WaitingForCard         until a card is attached
 *                        └─┴→ WaitingForCustomer     until they authenticate
 *
 * any of them → Cancelling → Cancelled | Charged | Dead
 * </pre>
 *
 * Whatever a call needs is stored before it is made: {@link Preparing} has the request that creates the intent, {@link
 * Confirming} the request that takes the money, {@link Cancelling} the wish. Only who won that write makes the call.
 */
public sealed interface ChargeState {

    /** Its name: in capitals in documents, in small letters for readers. */
    enum Name {
        QUEUED(Queued.class),
        PREPARING(Preparing.class),
        CONFIRMING(Confirming.class),
        UNSETTLED(Unsettled.class),
        DECLINED(Declined.class),
        WAITING_FOR_CARD(WaitingForCard.class),
        WAITING_FOR_CUSTOMER(WaitingForCustomer.class),
        CANCELLING(Cancelling.class),
        CHARGED(Charged.class),
        CANCELLED(Cancelled.class),
        DEAD(Dead.class);

        private final Class<? extends ChargeState> type;

        Name(Class<? extends ChargeState> type) {
            this.type = type;
        }

        Class<? extends ChargeState> type() {
            return type;
        }

        /** As it is on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    default Name name() {
        return switch (this) {
            case Queued _ -> Name.QUEUED;
            case Preparing _ -> Name.PREPARING;
            case Confirming _ -> Name.CONFIRMING;
            case Unsettled _ -> Name.UNSETTLED;
            case Declined _ -> Name.DECLINED;
            case WaitingForCard _ -> Name.WAITING_FOR_CARD;
            case WaitingForCustomer _ -> Name.WAITING_FOR_CUSTOMER;
            case Cancelling _ -> Name.CANCELLING;
            case Charged _ -> Name.CHARGED;
            case Cancelled _ -> Name.CANCELLED;
            case Dead _ -> Name.DEAD;
        };
    }

    /** Its intent; null before it has one, and where it does not matter any more. */
    default @Nullable Intent intent() {
        return null;
    }

    /** A call is under way, or was when its caller died. */
    sealed interface Calling extends ChargeState {
        Claim claim();
    }

    /** It may have an attempt whose result is not recorded. */
    sealed interface Tried extends ChargeState {
        @Nullable
        Attempt attempt();
    }

    /** Over, for ever. */
    sealed interface Ended extends ChargeState {
        Instant at();
    }

    /** Nothing was asked of Stripe. */
    record Queued(Instant since) implements ChargeState {}

    /** The request for an intent is stored; it may have been sent. An intent that is not confirmed moves no money. */
    record Preparing(Creation creation, Claim claim) implements Calling {}

    /** The confirmation of the intent is stored; it may have been sent. */
    record Confirming(Intent intent, Attempt attempt, Claim claim) implements Calling, Tried {}

    /** What Stripe has not decided, or what it leaves to a person. */
    enum Cause {
        /** The bank has not answered. */
        PROCESSING,
        /** The money is reserved, which this never asks for. */
        REQUIRES_CAPTURE
    }

    /** The attempt is neither successful nor declined. */
    record Unsettled(Intent intent, Attempt attempt, Cause cause, Instant lookAt) implements Tried {}

    /** The card was declined, and may be tried again. */
    record Declined(Intent intent, Decline decline, Instant nextTry) implements ChargeState {}

    /**
     * @param intent absent if there was no card from the beginning, or if Stripe did not know the customer
     * @param asked how many intents were asked for in vain; absent: none. The next one has another key
     */
    record WaitingForCard(
            @Nullable Intent intent,
            Instant since,
            @Nullable Integer asked) implements ChargeState {}

    /** The customer must authenticate; then the intent succeeds without a call of ours, or another card is tried. */
    record WaitingForCustomer(Intent intent, Attempt attempt, Instant lookAt) implements Tried {}

    /**
     * The intent is being cancelled at Stripe; a success wins.
     *
     * @param attempt the one before; absent if its result is recorded
     * @param tries how often it was asked; each has a key of its own, for to cancel twice is harmless
     * @param fault why the charge dies; absent if someone wishes to cancel it
     */
    record Cancelling(
            Intent intent,
            @Nullable Attempt attempt,
            int tries,
            String key,
            @Nullable Fault fault,
            Claim claim) implements Calling, Tried {}

    /** The money was taken, or nothing was due: then there is no receipt. */
    record Charged(@Nullable Receipt receipt, Instant at) implements Ended {}

    /** @param charge Stripe's id of the movement of money */
    record Receipt(String intent, String charge, long amountCents) {}

    /** No money was taken, and none will be. */
    record Cancelled(Instant at) implements Ended {}

    /**
     * The charge has ended with a fault that a person must resolve; it stays as it is whatever they find. With {@link Fault#MISSING} it is unknown whether money was taken;
     * with any other fault no money was taken.
     */
    record Dead(Fault fault, @Nullable Intent intent, Instant at) implements Ended {}

    /** What must not happen, and is not repaired by trying again. */
    enum Fault {
        /** Stripe has seen the key with other parameters. */
        KEY_REUSED,
        /** Stripe does not know an id that it gave out: the wrong account, or test mode. It is not known what was charged. */
        MISSING,
        /** Stripe refuses the request as it is. */
        INVALID_REQUEST,
        /** The intent is of another amount or currency. */
        OTHER_TERMS
    }
}
