package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** A text as a node. */
final class JsonText {

    private JsonText() {}

    static JsonNode of(String text) {
        return TextNode.valueOf(text);
    }
}
