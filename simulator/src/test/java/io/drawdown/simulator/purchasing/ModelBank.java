package io.drawdown.simulator.purchasing;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.drawdown.billing.purchase.engine.Refunds;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A small model of Stripe: intents that take their amount once at most, keys, and a card that may be bad. */
final class ModelBank {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** How often money was taken, by the name of what it was taken for. */
    final Map<String, Integer> taken = new TreeMap<>();

    /** How often it was given back, by the id of the intent. */
    final Map<String, Integer> refunded = new TreeMap<>();

    boolean isCardBad;

    private final Chaos chaos;
    private final UnaryOperator<String> name;
    private final Map<String, Held> intents = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<String, Refunds.Outcome> refundKeys = new HashMap<>();
    private int charges;

    private static final class Held {
        private final String id;
        private final String chargeId;
        private final Frozen frozen;
        private Status status = Status.REQUIRES_PAYMENT_METHOD;
        private @Nullable String latestCharge;

        Held(String id, String chargeId, Frozen frozen) {
            this.id = id;
            this.chargeId = chargeId;
            this.frozen = frozen;
        }

        Answer.Shown shown() {
            return new Answer.Shown(new IntentView(
                    id,
                    status,
                    frozen.amountCents(),
                    frozen.currency(),
                    latestCharge,
                    latestCharge == null ? null : FUNDS));
        }
    }

    private static final Decline FUNDS = new Decline("card_declined", "insufficient_funds", null);

    /** @param name of what a charge is for, by the charge's id */
    ModelBank(Chaos chaos, UnaryOperator<String> name) {
        this.chaos = chaos;
        this.name = name;
    }

    Payments of(Chaos.Process process) {
        return new Payments() {
            @Override
            public Duration longestCall() {
                return Duration.ofSeconds(23);
            }

            @Override
            public Uni<StripeAccount> account() {
                return Uni.createFrom().item(new StripeAccount("acct_1", false));
            }

            @Override
            public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
                return sent(() -> answers.computeIfAbsent(creation.key(), key -> created(chargeId, creation)));
            }

            @Override
            public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
                return sent(() -> {
                    Answer known = answers.get(attempt.key());
                    Answer answer = known == null ? confirmed(held(intent.id())) : known;
                    answers.put(attempt.key(), answer);
                    return answer;
                });
            }

            @Override
            public Uni<Answer> retrieve(String intentId, Frozen frozen) {
                return sent(() -> held(intentId).shown());
            }

            @Override
            public Uni<Answer> cancel(Intent intent, String key) {
                return sent(() -> cancelled(held(intent.id())));
            }

            private Uni<Answer> sent(Supplier<Answer> effect) {
                return chaos.call(process, LONGEST, effect, new Answer.Unknown("lost"));
            }
        };
    }

    Refunds refundsOf(Chaos.Process process) {
        return refund -> chaos.call(process, LONGEST, () -> refunded(refund), new Refunds.Outcome.Unknown("lost"));
    }

    private Refunds.Outcome refunded(Refund refund) {
        return refundKeys.computeIfAbsent(refund.key(), key -> {
            if (refunded.containsKey(refund.intent())) {
                return new Refunds.Outcome.Done(null);
            }
            refunded.merge(refund.intent(), 1, Integer::sum);
            return new Refunds.Outcome.Done("re_" + refund.intent());
        });
    }

    private Held held(String id) {
        return Objects.requireNonNull(intents.get(id));
    }

    private Answer created(String chargeId, Creation creation) {
        Held held = new Held("pi_" + intents.size(), chargeId, creation.frozen());
        intents.put(held.id, held);
        return held.shown();
    }

    private Answer confirmed(Held held) {
        if (held.status == Status.SUCCEEDED || held.status == Status.CANCELED) {
            return new Answer.WrongState();
        }
        held.latestCharge = "ch_" + charges++;
        if (isCardBad) {
            return new Answer.CardDeclined(FUNDS, ((Answer.Shown) held.shown()).view());
        }
        held.status = Status.SUCCEEDED;
        taken.merge(name.apply(held.chargeId), 1, Integer::sum);
        return held.shown();
    }

    private static Answer cancelled(Held held) {
        if (held.status == Status.SUCCEEDED) {
            return new Answer.WrongState();
        }
        held.status = Status.CANCELED;
        return held.shown();
    }
}
