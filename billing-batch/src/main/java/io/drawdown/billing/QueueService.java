package io.drawdown.billing;

import io.drawdown.billing.config.QueueConfig;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.item.store.MongoItems;
import io.drawdown.billing.item.store.MongoTeams;
import io.drawdown.billing.publish.TracedPublisher;
import io.drawdown.billing.publish.slack.SlackPublisher;
import io.drawdown.billing.publish.slack.SlackSettings;
import io.drawdown.kit.runtime.CoreRuntime;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What queued items, and all that takes money, need, for the core. */
@Singleton
final class QueueService {

    @Produces
    @Singleton
    BillingPorts.Queue queue(MongoItems items, MongoTeams teams, QueueConfig config, CoreRuntime runtime) {
        QueueConfig.Slack slack = config.queue().slack();
        SlackSettings settings = new SlackSettings(slack.apiBase(), slack.botToken(), slack.privateAddresses());
        return new BillingPorts.Queue(
                new ItemStores(items, teams),
                TracedPublisher.of(new SlackPublisher(settings, runtime.time(), runtime.loop()), runtime.spans()),
                new ItemSettings(config.queue().priceCents(), config.queue().expiry()));
    }

    @Produces
    @Singleton
    Items items(BillingCore core) {
        return core.items();
    }
}
