package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Slack, as far as it counts: how many messages there are of each key. */
public final class ModelSlack {

    private final SimulationContext context;
    private final SplittableRandom random;
    private final Map<String, Integer> messages = new TreeMap<>();
    private boolean isCalm;

    public ModelSlack(SimulationContext context) {
        this.context = context;
        this.random = context.random("slack");
    }

    /** From now on nothing goes wrong there. */
    public void calm() {
        isCalm = true;
    }

    public boolean has(String key) {
        return messages.containsKey(key);
    }

    Posting post(Post post) {
        switch (isCalm ? 9 : random.nextInt(24)) {
            case 0 -> {
                context.counts.count("slack refuses for a while");
                return new Posting.Refused(PublishFault.RATE_LIMITED, Optional.of(Duration.ofSeconds(30)));
            }
            case 1 -> {
                context.counts.count("slack refuses for good");
                return Posting.refused(PublishFault.NOT_IN_CHANNEL);
            }
            default -> {
                int count = messages.merge(post.key(), 1, Integer::sum);
                context.findings.expect(
                        count == 1, "no item is published twice", () -> post + " is there " + count + " times");
                return new Posting.Posted(new Posting.Message("C1", String.valueOf(messages.size())));
            }
        }
    }

    Look look(Look.Question question) {
        if (!isCalm && random.nextInt(16) == 0) {
            return new Look.Impossible(PublishFault.MISSING_SCOPE);
        }
        context.counts.count(has(question.key()) ? "message found" : "message not found");
        return has(question.key()) ? new Look.Found(new Posting.Message(question.channel(), "1")) : new Look.Absent();
    }
}
