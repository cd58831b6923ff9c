package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers as it is told, and keeps what it was asked. */
final class ScriptedPayments implements Payments {

    final List<String> calls = new ArrayList<>();
    final List<Card> confirmedWith = new ArrayList<>();
    boolean isRefused;
    Answer created = shown(Status.REQUIRES_PAYMENT_METHOD);
    Answer confirmed = shown(Status.SUCCEEDED);
    Answer retrieved = shown(Status.REQUIRES_PAYMENT_METHOD);
    Answer cancelled = shown(Status.CANCELED);

    static Answer shown(Status status) {
        String charge = status == Status.SUCCEEDED ? "ch_1" : null;
        return new Answer.Shown(new IntentView("pi_1", status, 799, "usd", charge, null));
    }

    private Uni<Answer> answer(String call, Answer answer) {
        calls.add(call);
        return Uni.createFrom().item(answer);
    }

    @Override
    public Duration longestCall() {
        return Duration.ofSeconds(25);
    }

    @Override
    public Uni<StripeAccount> account() {
        return isRefused
                ? Uni.createFrom().failure(new AccountRefused("status 401"))
                : Uni.createFrom().item(new StripeAccount("acct_1", false));
    }

    @Override
    public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
        return answer("create " + creation.key(), created);
    }

    @Override
    public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
        confirmedWith.add(attempt.card());
        return answer("confirm " + attempt.key(), confirmed);
    }

    @Override
    public Uni<Answer> retrieve(String intentId, Frozen frozen) {
        return answer("retrieve " + intentId, retrieved);
    }

    @Override
    public Uni<Answer> cancel(Intent intent, String key) {
        return answer("cancel " + key, cancelled);
    }
}
