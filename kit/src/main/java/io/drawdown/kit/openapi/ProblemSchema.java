package io.drawdown.kit.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The body of a problem (RFC 9457), with the members of all problems. */
final class ProblemSchema {

    static final String NAME = "Problem";
    static final String REQUEST_ID = "0b6c0f6e-6d4e-4a39-9d3e-0f4a4a1f9a51";

    private ProblemSchema() {}

    static Schema schema() {
        return OASFactory.createSchema()
                .description("What went wrong, RFC 9457; docs/problems.md says what to do about each type")
                .addType(SchemaType.OBJECT)
                .addProperty(
                        "type",
                        text("The type of the problem; it never changes").pattern("^urn:drawdown:problem:[a-z0-9-]+$"))
                .addProperty("title", text("The meaning of the type"))
                .addProperty("status", integer("The status of the answer"))
                .addProperty("detail", text("What is wrong with this request"))
                .addProperty("instance", text("The id of the request, as in X-Request-ID"))
                .addProperty("credits_required", credits("The credits that this needs"))
                .addProperty("credits_remaining", credits("The credits that are available"))
                .addProperty("credits_held", credits("The credits that holds have reserved"))
                .addProperty("retry_after", integer("In how many seconds held credits may have come back"))
                .addProperty(
                        "upgrade_required",
                        truth("Whether only new credits help; what live sessions hold and do not use comes back"))
                .addProperty("fence", integer("The fence that the task has now"))
                .addProperty("state", text("The state that the task has now"))
                .addProperty("cancel_asked", truth("Whether someone wants the task to be cancelled"))
                .addProperty("seq", integer("The last row of the account's ledger when this was decided"))
                .addProperty(
                        "server_time",
                        text("The time of the server when it refused for a Request-Deadline that had passed")
                                .format("date-time"))
                .required(List.of("type", "title", "status", "detail", "instance"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    private static Schema integer(String description) {
        return OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .format("int64")
                .description(description);
    }

    private static Schema truth(String description) {
        return OASFactory.createSchema().addType(SchemaType.BOOLEAN).description(description);
    }

    private static Schema credits(String description) {
        return OASFactory.createSchema().ref(SchemaWalk.PREFIX + "Credits").description(description);
    }
}
