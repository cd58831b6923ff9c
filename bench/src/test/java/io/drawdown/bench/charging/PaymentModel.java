package io.drawdown.bench.charging;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.kit.time.Scheduler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes every card. A call takes the given time, and so many are under way at once at most; the others wait. It fails as soon as a
 * charge is asked for a second intent, or an intent for its money a second time. Belongs to the thread of its scheduler.
 */
final class PaymentModel implements Payments {

    private static final int AT_ONCE = 64;

    private final Scheduler core;
    private final Duration takes;
    private final Map<String, Held> byCharge = new HashMap<>();
    private final Map<String, Held> byIntent = new HashMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int active;

    private static final class Held {
        private final String id;
        private final Frozen frozen;
        private @Nullable String charge;

        Held(String id, Frozen frozen) {
            this.id = id;
            this.frozen = frozen;
        }

        Answer shown() {
            Status status = charge == null ? Status.REQUIRES_PAYMENT_METHOD : Status.SUCCEEDED;
            return new Answer.Shown(new IntentView(id, status, frozen.amountCents(), frozen.currency(), charge, null));
        }
    }

    PaymentModel(Scheduler core, Duration takes) {
        this.core = core;
        this.takes = takes;
    }

    @Override
    public Duration longestCall() {
        return Duration.ofSeconds(25);
    }

    @Override
    public Uni<StripeAccount> account() {
        return Uni.createFrom().item(new StripeAccount("acct_bench", false));
    }

    @Override
    public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
        return call(() -> {
            Held held = new Held("pi_" + byIntent.size(), creation.frozen());
            if (byCharge.put(chargeId, held) != null) {
                throw new IllegalStateException("a second intent for " + chargeId);
            }
            byIntent.put(held.id, held);
            return held.shown();
        });
    }

    @Override
    public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
        return call(() -> {
            Held held = held(intent.id());
            if (held.charge != null) {
                throw new IllegalStateException("the money of " + held.id + " a second time");
            }
            held.charge = "ch_" + held.id;
            return held.shown();
        });
    }

    @Override
    public Uni<Answer> retrieve(String intentId, Frozen frozen) {
        return call(() -> held(intentId).shown());
    }

    @Override
    public Uni<Answer> cancel(Intent intent, String key) {
        throw new IllegalStateException("nothing is cancelled here");
    }

    private Held held(String id) {
        return Objects.requireNonNull(byIntent.get(id));
    }

    private Uni<Answer> call(Supplier<Answer> effect) {
        return Uni.createFrom().emitter(emitter -> {
            waiting.add(() -> {
                try {
                    emitter.complete(effect.get());
                } catch (RuntimeException fault) {
                    emitter.fail(fault);
                }
            });
            begin();
        });
    }

    private void begin() {
        while (active < AT_ONCE && !waiting.isEmpty()) {
            active++;
            Runnable call = waiting.remove();
            if (takes.isZero()) {
                core.execute(() -> end(call));
            } else {
                core.after(takes, () -> end(call));
            }
        }
    }

    private void end(Runnable call) {
        active--;
        call.run();
        begin();
    }
}
