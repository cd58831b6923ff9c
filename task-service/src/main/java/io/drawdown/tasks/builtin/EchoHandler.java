package io.drawdown.tasks.builtin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.handler.TaskHandler;
import jakarta.inject.Singleton;

/** Returns its payload, for trying things: any JSON object. */
@Singleton
public final class EchoHandler implements TaskHandler<ObjectNode, ObjectNode> {

    @Override
    public String type() {
        return "echo";
    }

    @Override
    public ObjectNode handle(ObjectNode payload, TaskContext context) {
        return payload;
    }
}
