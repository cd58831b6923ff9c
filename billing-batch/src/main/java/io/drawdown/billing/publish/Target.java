package io.drawdown.billing.publish;

import org.jspecify.annotations.Nullable;

/**
 * Where a team's items are published: in a channel by the bot, or through an incoming webhook. One of the two.
 *
 * @param channel Slack's id of a channel
 * @param webhook the address of an incoming webhook: whoever has it may post, so it is a secret
 */
public record Target(@Nullable String channel, @Nullable String webhook) {

    /** What an id of a channel looks like. */
    public static final String CHANNEL = "[A-Z0-9]{2,24}";

    public Target {
        if ((channel == null) == (webhook == null)) {
            throw new IllegalArgumentException("a channel or a webhook");
        }
    }

    public static Target ofChannel(String channel) {
        return new Target(channel, null);
    }

    public static Target ofWebhook(String webhook) {
        return new Target(null, webhook);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return channel == null ? "webhook" : "channel " + channel;
    }
}
