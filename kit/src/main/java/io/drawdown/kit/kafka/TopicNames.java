package io.drawdown.kit.kafka;

import io.drawdown.contracts.Topic;

/** The names of the topics on this installation's broker. */
public record TopicNames(String prefix) {

    public String of(Topic topic) {
        return prefix + topic.topicName();
    }
}
