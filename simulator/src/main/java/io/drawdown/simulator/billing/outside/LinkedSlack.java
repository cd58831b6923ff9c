package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.publish.Target;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;

/** The way of one process to the model of Slack. */
public record LinkedSlack(Link link, ModelSlack slack, StripeWorld world) implements Publisher {

    /** A connection brings a request once: what looks like a second one is not heard. */
    @Override
    public Uni<Posting> post(Target target, Post post) {
        AtomicBoolean isHeard = new AtomicBoolean();
        long sentAt = world.millis();
        Uni<Posting> posted = link.write((callFault, answer) -> {
            if (!world.isLost(sentAt) && isHeard.compareAndSet(false, true)) {
                answer.complete(slack.post(post));
            }
        });
        return posted.onFailure(Unavailable.class)
                .recoverWithItem(away -> Posting.refused(PublishFault.SERVICE_UNAVAILABLE))
                .onFailure()
                .recoverWithItem(fault -> new Posting.Unknown(String.valueOf(fault.getMessage())));
    }

    @Override
    public Uni<Look> look(Look.Question question) {
        return link.read(() -> slack.look(question))
                .onFailure()
                .recoverWithItem(fault -> new Look.Unavailable(String.valueOf(fault.getMessage())));
    }
}
