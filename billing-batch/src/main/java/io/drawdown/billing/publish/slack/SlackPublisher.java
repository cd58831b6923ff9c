package io.drawdown.billing.publish.slack;

import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.publish.Target;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Publishes in Slack: by the bot where the team has a channel, else through its webhook. Each request is sent once: the client does
 * not repeat what failed on a kept connection, and follows no redirect. Calls block virtual threads; answers come on the core's.
 */
public final class SlackPublisher implements Publisher {

    private final @Nullable Bot bot;
    private final IncomingWebhook webhook;
    private final Executor core;

    public SlackPublisher(SlackSettings settings, Time time, Executor core) {
        this(settings, time, core, Dns.SYSTEM);
    }

    SlackPublisher(SlackSettings settings, Time time, Executor core, Dns dns) {
        this.core = core;
        SentRequests sent = new SentRequests();
        OkHttpClient client = new OkHttpClient.Builder()
                .connectTimeout(SlackSettings.CONNECT)
                .readTimeout(SlackSettings.READ)
                .writeTimeout(SlackSettings.READ)
                .callTimeout(SlackSettings.CALL)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .addNetworkInterceptor(sent)
                .build();
        bot = settings.botToken()
                .map(token -> new Bot(settings, token, client, sent, time))
                .orElse(null);
        OkHttpClient pinned = client.newBuilder()
                .dns(new PublicHosts(dns, settings.arePrivateAllowed()))
                .build();
        webhook = new IncomingWebhook(pinned, sent, time);
    }

    @Override
    public Uni<Posting> post(Target target, Post post) {
        if (target.webhook() != null) {
            String address = target.webhook();
            return call(() -> webhook.post(address, post));
        }
        Bot there = bot;
        String channel = Objects.requireNonNull(target.channel());
        return there == null
                ? Uni.createFrom().item(Posting.refused(PublishFault.NOT_CONFIGURED))
                : call(() -> there.post(channel, post));
    }

    @Override
    public Uni<Look> look(Look.Question question) {
        Bot there = bot;
        return there == null
                ? Uni.createFrom().item(new Look.Impossible(PublishFault.NOT_CONFIGURED))
                : call(() -> there.look(question));
    }

    private <T> Uni<T> call(Supplier<T> blocking) {
        return Uni.createFrom().emitter(emitter -> {
            var unused = Thread.ofVirtual().name("slack").start(() -> {
                try {
                    T answer = blocking.get();
                    core.execute(() -> emitter.complete(answer));
                } catch (RuntimeException | Error e) {
                    core.execute(() -> emitter.fail(e));
                }
            });
        });
    }
}
