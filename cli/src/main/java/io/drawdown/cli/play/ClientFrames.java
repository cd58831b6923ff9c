package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The frames that a client sends. */
final class ClientFrames {

    private ClientFrames() {}

    static String start(String account, String kind, String startKey) {
        return frame("start")
                .put("account", account)
                .put("kind", kind)
                .put("start_key", startKey)
                .toString();
    }

    static String end() {
        return frame("end").toString();
    }

    private static ObjectNode frame(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
