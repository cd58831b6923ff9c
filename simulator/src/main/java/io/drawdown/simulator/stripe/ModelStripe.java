package io.drawdown.simulator.stripe;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Alarms;
import io.drawdown.billing.charge.engine.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stripe, as far as its documentation says: intents, keys that are remembered for 24 hours, cards that decline. */
public final class ModelStripe implements Alarms {

    static final long KEY_LIFE = Duration.ofHours(24).toMillis();

    /** What a card does when it is charged. */
    public enum Behaviour {
        PAY,
        SOFT,
        FUNDS,
        HARD,
        AUTHENTICATE,
        PROCESS,
        CAPTURE
    }

    /** An intent at Stripe. */
    public static final class Held {
        public final String id;
        public final String chargeId;
        public final Frozen frozen;
        final Terms terms;
        public Status status = Status.REQUIRES_PAYMENT_METHOD;
        int charges;

        @Nullable
        public Decline decline;

        /** That of the latest attempt. */
        @Nullable
        private Card card;

        private boolean isOpen;

        Held(String id, String chargeId, Terms terms, Frozen frozen) {
            this.id = id;
            this.chargeId = chargeId;
            this.terms = terms;
            this.frozen = frozen;
        }

        /** Who pays. */
        public String payer() {
            return terms.payerId();
        }

        /** That of the latest attempt; null if nobody has tried to pay. */
        public @Nullable Card card() {
            return card;
        }

        /** Whether its customer was asked to authenticate, and has the page open. */
        public boolean isOpen() {
            return isOpen;
        }

        /** What it is for. */
        public String reference() {
            return terms.reference();
        }

        public IntentView view() {
            String latest = charges == 0 ? null : "ch_" + id + "_" + charges;
            Card failed = decline == null ? null : card;
            String paidBy = status == Status.SUCCEEDED && card != null ? card.paymentMethod() : null;
            return new IntentView(id, status, frozen.amountCents(), frozen.currency(), latest, decline, failed, paidBy);
        }
    }

    private record Saved(long at, Object request, Answer answer) {}

    private final Surroundings world;
    public final StripeEvents events;
    public final ModelVault vault;
    public final ModelRefunds refunds;
    public final Map<String, Held> intents = new LinkedHashMap<>();
    private final Map<String, Saved> keys = new HashMap<>();

    /** What cards do, by their fingerprints. */
    public final Map<String, Behaviour> cards = new HashMap<>();

    /** How often money was taken, by the charge. */
    public final Map<String, Integer> taken = new HashMap<>();

    /** Whether it is asked with a key of another account, which has none of these customers and intents. */
    public boolean isOtherAccount;

    public ModelStripe(Surroundings world) {
        this.world = world;
        events = new StripeEvents(world);
        vault = new ModelVault(world, events);
        refunds = new ModelRefunds(this);
    }

    @Override
    public void raise(Alarm alarm, String chargeId, String detail) {
        world.tell("alarm " + alarm, chargeId + " " + detail);
    }

    public Answer create(String chargeId, Terms terms, Creation creation) {
        if (isOtherAccount) {
            return new Answer.Missing(Optional.of("customer"));
        }
        return once(creation.key(), creation, () -> {
            Held made = new Held("pi_" + intents.size(), chargeId, terms, creation.frozen());
            intents.put(made.id, made);
            return new Answer.Shown(made.view());
        });
    }

    private @Nullable Held held(String id) {
        return isOtherAccount ? null : intents.get(id);
    }

    public Answer retrieve(String id) {
        Held held = held(id);
        return held == null ? new Answer.Missing(Optional.of("intent")) : new Answer.Shown(held.view());
    }

    public Answer confirm(Intent intent, Attempt attempt, boolean isOffSession) {
        Held held = held(intent.id());
        if (held == null) {
            return new Answer.Missing(Optional.of("intent"));
        }
        return once(attempt.key(), attempt, () -> {
            if (!isConfirmable(held)) {
                return new Answer.WrongState();
            }
            if (vault.detachedCard(attempt.card().paymentMethod()).isPresent()) {
                return new Answer.Missing(Optional.of("payment_method"));
            }
            return charge(held, attempt, isOffSession);
        });
    }

    private static boolean isConfirmable(Held held) {
        return switch (held.status) {
            case REQUIRES_PAYMENT_METHOD, REQUIRES_CONFIRMATION, REQUIRES_ACTION -> true;
            case PROCESSING, REQUIRES_CAPTURE, CANCELED, SUCCEEDED -> false;
        };
    }

    private Answer charge(Held held, Attempt attempt, boolean isOffSession) {
        String fingerprint = attempt.card().fingerprint();
        held.card = attempt.card();
        return switch (cards.getOrDefault(fingerprint, Behaviour.PAY)) {
            case PAY -> {
                succeed(held);
                yield new Answer.Shown(held.view());
            }
            case SOFT -> decline(held, new Decline("card_declined", "generic_decline", null));
            case FUNDS -> decline(held, new Decline("card_declined", "insufficient_funds", null));
            case HARD -> decline(held, new Decline("card_declined", "stolen_card", "do_not_try_again"));
            case AUTHENTICATE -> {
                held.isOpen = true;
                if (isOffSession) {
                    yield decline(held, new Decline("authentication_required", null, null));
                }
                held.status = Status.REQUIRES_ACTION;
                held.decline = null;
                happened("requires_action", held);
                yield new Answer.Shown(held.view());
            }
            case PROCESS -> waiting(held, Status.PROCESSING, "processing");
            case CAPTURE -> waiting(held, Status.REQUIRES_CAPTURE, "amount_capturable_updated");
        };
    }

    private Answer waiting(Held held, Status status, String what) {
        held.status = status;
        held.charges++;
        held.decline = null;
        happened(what, held);
        return new Answer.Shown(held.view());
    }

    public void succeed(Held held) {
        if (held.status != Status.PROCESSING && held.status != Status.REQUIRES_CAPTURE) {
            held.charges++;
        }
        held.status = Status.SUCCEEDED;
        held.decline = null;
        taken.merge(held.chargeId, 1, Integer::sum);
        happened("succeeded", held);
    }

    private Answer decline(Held held, Decline decline) {
        held.charges++;
        failed(held, decline);
        return new Answer.CardDeclined(decline, world.random().nextBoolean() ? held.view() : null);
    }

    /** The charge that was made last did not succeed. */
    public void failed(Held held, Decline decline) {
        held.status = Status.REQUIRES_PAYMENT_METHOD;
        held.decline = decline;
        happened("payment_failed", held);
    }

    /** Its customer tries to pay in person, with whatever card. */
    public void inPerson(Held held, Card card, @Nullable Decline decline) {
        held.card = card;
        if (decline == null) {
            succeed(held);
        } else {
            held.charges++;
            failed(held, decline);
        }
    }

    /** It takes no money any more. */
    public void cancel(Held held) {
        held.status = Status.CANCELED;
        happened("canceled", held);
    }

    private void happened(String what, Held held) {
        events.happened("payment_intent." + what, held.id);
    }

    public Answer cancel(Intent intent, String key) {
        Held held = held(intent.id());
        if (held == null) {
            return new Answer.Missing(Optional.of("intent"));
        }
        return once(key, intent.id(), () -> {
            boolean isCancelable = isConfirmable(held) || held.status == Status.REQUIRES_CAPTURE;
            if (isCancelable) {
                cancel(held);
            }
            return isCancelable ? new Answer.Shown(held.view()) : new Answer.WrongState();
        });
    }

    /** A request with a key: its answer is saved once its execution began, unless a check refused it before. */
    private Answer once(String key, Object request, Supplier<Answer> execution) {
        Saved saved = keys.get(key);
        if (saved != null && world.millis() - saved.at() >= KEY_LIFE) {
            world.find("a key that Stripe has forgotten is sent again");
            saved = null;
        }
        if (saved != null && !saved.request().equals(request)) {
            world.find("a key is used with other parameters");
            return new Answer.KeyReused();
        }
        if (saved != null) {
            world.tell("replayed " + key, saved.answer());
            return saved.answer();
        }
        Answer answer = world.chance(3) ? new Answer.SavedFault() : execution.get();
        world.tell("executed " + key, answer);
        if (!(answer instanceof Answer.Missing)) {
            keys.put(key, new Saved(world.millis(), request, answer));
        }
        // The first answer of a fault says nothing of the next one.
        return answer instanceof Answer.SavedFault ? new Answer.Unknown("500") : answer;
    }
}
