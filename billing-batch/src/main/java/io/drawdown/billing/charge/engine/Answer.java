package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.IntentView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a call about an intent. */
public sealed interface Answer {

    /** It was done; the intent is now like this. */
    record Shown(IntentView view) implements Answer {}

    /**
     * The attempt with this key was executed, now or before, and the card was declined.
     *
     * @param view the intent after it, if Stripe shows it
     */
    record CardDeclined(Decline decline, @Nullable IntentView view) implements Answer {}

    /** The intent is in a state that does not allow it. */
    record WrongState() implements Answer {}

    /** It may have been done, it may be done later. */
    record Unknown(String why) implements Answer {}

    /** A call with this key is under way. */
    record KeyInUse() implements Answer {}

    /** The key was used with other parameters. */
    record KeyReused() implements Answer {}

    /** It failed at Stripe, and the same call with the same key will fail like this for as long as the key is known. */
    record SavedFault() implements Answer {}

    /**
     * An id in it is not known there.
     *
     * @param what the name of the parameter, as far as Stripe says
     */
    record Missing(Optional<String> what) implements Answer {

        static final String PAYMENT_METHOD = "payment_method";

        boolean isCard() {
            return what.filter(PAYMENT_METHOD::equals).isPresent();
        }

        boolean isCustomer() {
            return what.filter("customer"::equals).isPresent();
        }
    }

    /** Stripe refuses it as it is; it was not done. */
    record Invalid(String why) implements Answer {}

    /** It was not done, for there are too many calls, or another one has the object. This is no attempt. */
    record Throttled(String why) implements Answer {}

    /** It was not done: the key or a permission is wrong. No other call will fare better. */
    record NotAllowed(String why) implements Answer {}

    /** It was not asked: the intent is of another account, or of the other mode, than the key. Calls about others may fare better. */
    record OtherAccount() implements Answer {}
}
