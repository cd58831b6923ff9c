package io.drawdown.billing.testing;

import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.publish.Target;
import io.smallrye.mutiny.Uni;

/** Nothing is published. */
final class NoPublisher implements Publisher {

    @Override
    public Uni<Posting> post(Target target, Post post) {
        return Uni.createFrom().item(Posting.refused(PublishFault.NOT_CONFIGURED));
    }

    @Override
    public Uni<Look> look(Look.Question question) {
        return Uni.createFrom().item(new Look.Impossible(PublishFault.NOT_CONFIGURED));
    }
}
