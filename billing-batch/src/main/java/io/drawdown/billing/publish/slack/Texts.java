package io.drawdown.billing.publish.slack;

import io.drawdown.billing.publish.Post;

/** The text of a message, in Slack's markup. */
final class Texts {

    private Texts() {}

    static String of(Post post) {
        return escaped(post.publisher()) + " has published *" + escaped(post.title()) + "*";
    }

    /** Slack reads markup in three characters; the rest is text. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
