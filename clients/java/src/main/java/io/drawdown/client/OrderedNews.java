package io.drawdown.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells a listener, and no money that is older than what was told before. A listener's fault is its own. */
final class OrderedNews {

    private static final Logger LOG = System.getLogger(OrderedNews.class.getName());

    private final SessionListener listener;
    private long seq;

    OrderedNews(SessionListener listener) {
        this.listener = listener;
    }

    void frame(Frame frame, JsonNode json) {
        boolean isMoney = json.hasNonNull("seq") && json.hasNonNull("balance");
        boolean isOld = isMoney && json.get("seq").asLong() < seq;
        if (isMoney && json.get("seq").asLong() > seq) {
            seq = json.get("seq").asLong();
            Money money = new Money(seq, json.get("balance").decimalValue());
            tell(() -> listener.onMoney(money));
        }
        if (!(isOld && frame instanceof Frame.Balance)) {
            tell(() -> listener.onFrame(frame));
        }
    }

    void state(SessionListener.State state) {
        tell(() -> listener.onState(state));
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The listener of a session failed", e);
        }
    }
}
