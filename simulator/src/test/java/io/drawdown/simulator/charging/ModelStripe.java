package io.drawdown.simulator.charging;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.engine.Alarms;
import io.drawdown.billing.charge.engine.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stripe, as far as its documentation says: intents, keys that are remembered for 24 hours, cards that decline. */
final class ModelStripe implements Alarms {

    private static final long KEY_LIFE = Duration.ofHours(24).toMillis();

    /** What a card does when it is charged. */
    enum Behaviour {
        PAY,
        SOFT,
        FUNDS,
        HARD,
        AUTHENTICATE,
        PROCESS,
        CAPTURE
    }

    /** An intent at Stripe. */
    static final class Held {
        final String id;
        final String chargeId;
        final Frozen frozen;
        Status status = Status.REQUIRES_PAYMENT_METHOD;
        int charges;

        @Nullable
        Decline decline;

        /** That of the latest attempt. */
        @Nullable
        Card card;

        @Nullable
        String latestKey;

        /** The customer was asked to authenticate, and has the page open. */
        boolean isOpen;

        boolean isTouched;

        Held(String id, String chargeId, Frozen frozen) {
            this.id = id;
            this.chargeId = chargeId;
            this.frozen = frozen;
        }

        IntentView view() {
            String latest = charges == 0 ? null : "ch_" + id + "_" + charges;
            Card failed = decline == null ? null : card;
            String paidBy = status == Status.SUCCEEDED && card != null ? card.paymentMethod() : null;
            return new IntentView(id, status, frozen.amountCents(), frozen.currency(), latest, decline, failed, paidBy);
        }
    }

    private record Saved(long at, Object request, Answer answer) {}

    private final World world;
    final Map<String, Held> intents = new LinkedHashMap<>();
    private final Map<String, Saved> keys = new HashMap<>();
    final Map<String, Behaviour> cards = new HashMap<>();
    final Set<String> detached = new HashSet<>();
    final Map<String, Integer> taken = new HashMap<>();
    final Set<String> declined = new HashSet<>();
    final Set<String> declinedCards = new HashSet<>();
    final Map<String, Integer> declinesSinceChange = new HashMap<>();
    final Set<String> alarmed = new HashSet<>();
    boolean isOtherAccount;

    ModelStripe(World world) {
        this.world = world;
    }

    @Override
    public void raise(Alarm alarm, String chargeId, String detail) {
        world.tell("alarm " + alarm, chargeId + " " + detail);
        alarmed.add(chargeId);
    }

    Answer create(String chargeId, Creation creation) {
        if (isOtherAccount) {
            return new Answer.Missing(Optional.of("customer"));
        }
        return once(creation.key(), creation, () -> {
            Held made = new Held("pi_" + intents.size(), chargeId, creation.frozen());
            intents.put(made.id, made);
            return new Answer.Shown(made.view());
        });
    }

    Answer retrieve(String id) {
        Held held = intents.get(id);
        return isOtherAccount || held == null
                ? new Answer.Missing(Optional.of("intent"))
                : new Answer.Shown(held.view());
    }

    Answer confirm(Intent intent, Attempt attempt, boolean isOffSession) {
        Held held = intents.get(intent.id());
        if (isOtherAccount || held == null) {
            return new Answer.Missing(Optional.of("intent"));
        }
        return once(attempt.key(), attempt, () -> {
            if (!isConfirmable(held)) {
                return new Answer.WrongState();
            }
            if (detached.contains(attempt.card().paymentMethod())) {
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
        held.latestKey = attempt.key();
        held.card = attempt.card();
        return switch (cards.getOrDefault(fingerprint, Behaviour.PAY)) {
            case PAY -> {
                succeed(held);
                declinesSinceChange.remove(fingerprint);
                yield new Answer.Shown(held.view());
            }
            case SOFT -> decline(held, fingerprint, new Decline("card_declined", "generic_decline", null));
            case FUNDS -> decline(held, fingerprint, new Decline("card_declined", "insufficient_funds", null));
            case HARD -> decline(held, fingerprint, new Decline("card_declined", "stolen_card", "do_not_try_again"));
            case AUTHENTICATE -> {
                held.isOpen = true;
                if (isOffSession) {
                    yield decline(held, fingerprint, new Decline("authentication_required", null, null));
                }
                held.status = Status.REQUIRES_ACTION;
                held.decline = null;
                yield new Answer.Shown(held.view());
            }
            case PROCESS -> waiting(held, Status.PROCESSING);
            case CAPTURE -> waiting(held, Status.REQUIRES_CAPTURE);
        };
    }

    private static Answer waiting(Held held, Status status) {
        held.status = status;
        held.charges++;
        held.decline = null;
        return new Answer.Shown(held.view());
    }

    void succeed(Held held) {
        if (held.status != Status.PROCESSING && held.status != Status.REQUIRES_CAPTURE) {
            held.charges++;
        }
        held.status = Status.SUCCEEDED;
        held.decline = null;
        taken.merge(held.chargeId, 1, Integer::sum);
    }

    boolean isPaid(@Nullable Intent intent) {
        Held held = intent == null ? null : intents.get(intent.id());
        return held != null && held.status == Status.SUCCEEDED;
    }

    private Answer decline(Held held, String fingerprint, Decline decline) {
        held.charges++;
        declinesSinceChange.merge(fingerprint, 1, Integer::sum);
        failed(held, decline);
        return new Answer.CardDeclined(decline, world.random.nextBoolean() ? held.view() : null);
    }

    /** The charge that was made last did not succeed. */
    void failed(Held held, Decline decline) {
        held.status = Status.REQUIRES_PAYMENT_METHOD;
        held.decline = decline;
        declined.add(String.valueOf(held.view().latestCharge()));
        declinedCards.add(Objects.requireNonNull(held.card).fingerprint());
    }

    Answer cancel(Intent intent, String key) {
        Held held = intents.get(intent.id());
        if (isOtherAccount || held == null) {
            return new Answer.Missing(Optional.of("intent"));
        }
        return once(key, intent.id(), () -> {
            boolean isCancelable = isConfirmable(held) || held.status == Status.REQUIRES_CAPTURE;
            if (isCancelable) {
                held.status = Status.CANCELED;
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
