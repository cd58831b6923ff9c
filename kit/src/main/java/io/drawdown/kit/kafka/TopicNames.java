package io.drawdown.kit.kafka;

import io.drawdown.contracts.Topic;

/** What the topics are called on this installation's broker. */
public record TopicNames(String prefix) {

    public String of(Topic topic) {
        return prefix + topic.topicName();
    }
}
