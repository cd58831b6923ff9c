package io.drawdown.billing.item.engine;

import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.Posting.Message;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.publish.Target;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A small model of Slack: it counts the messages of each key. */
final class ModelSlack {

    private static final Duration LONGEST = Duration.ofSeconds(Publisher.LONGEST_CALL_SECONDS);

    final Map<String, Integer> messages = new TreeMap<>();

    private final Chaos chaos;

    ModelSlack(Chaos chaos) {
        this.chaos = chaos;
    }

    Publisher of(Chaos.Process process) {
        return new Publisher() {
            @Override
            public Uni<Posting> post(Target target, Post post) {
                return chaos.call(process, LONGEST, () -> posted(post), new Posting.Unknown("lost"));
            }

            @Override
            public Uni<Look> look(Look.Question question) {
                return chaos.call(process, LONGEST, () -> looked(question), new Look.Unavailable("lost"));
            }
        };
    }

    private Posting posted(Post post) {
        if (chaos.chance(10)) {
            return Posting.refused(
                    chaos.random.nextBoolean() ? PublishFault.RATE_LIMITED : PublishFault.NOT_IN_CHANNEL);
        }
        messages.merge(post.key(), 1, Integer::sum);
        return new Posting.Posted(new Message("C1", "1"));
    }

    private Look looked(Look.Question question) {
        if (chaos.chance(5)) {
            return new Look.Impossible(PublishFault.MISSING_SCOPE);
        }
        return messages.containsKey(question.key())
                ? new Look.Found(new Message(question.channel(), "1"))
                : new Look.Absent();
    }
}
