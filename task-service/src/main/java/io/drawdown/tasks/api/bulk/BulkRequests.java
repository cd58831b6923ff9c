package io.drawdown.tasks.api.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.tasks.api.NewTasks;
import io.drawdown.tasks.api.Sending;
import io.drawdown.tasks.api.Sent;
import io.drawdown.tasks.api.TaskRequest;
import io.drawdown.tasks.api.TaskView;
import io.drawdown.tasks.api.TasksResource;
import io.drawdown.tasks.bulk.BulkActionHandler;
import io.drawdown.tasks.bulk.BulkPlan;
import io.drawdown.tasks.bulk.BulkPreview;
import io.drawdown.tasks.bulk.BulkTasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Answers a request for an action to many tasks: with the task that does it, or with what it would do. */
@Singleton
final class BulkRequests {

    private final BulkTasks tasks;
    private final Sending sending;
    private final CoreLoop loop;

    BulkRequests(BulkTasks tasks, Sending sending, CoreLoop loop) {
        this.tasks = tasks;
        this.sending = sending;
        this.loop = loop;
    }

    /** The one or the other. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BulkAnswer(
            @Nullable TaskView task, @Nullable BulkPreview preview) {}

    Uni<RestResponse<BulkAnswer>> preview(BulkPlan plan, NewTasks.Request request) {
        return BulkPreview.of(tasks, plan, request.at())
                .map(preview -> ResponseBuilder.ok(new BulkAnswer(null, preview))
                        .header(TasksResource.REPLAYED, false)
                        .build());
    }

    Uni<RestResponse<BulkAnswer>> send(BulkPlan plan, NewTasks.Request request) {
        ObjectNode payload = Json.read(Json.bytes(plan), ObjectNode.class);
        Uni<Sent> sent = sending.sendOwn(TaskRequest.of(BulkActionHandler.TYPE, payload), request);
        return loop.call(() -> sent).map(BulkRequests::answer);
    }

    private static RestResponse<BulkAnswer> answer(Sent sent) {
        return ResponseBuilder.<BulkAnswer>create(sent.status())
                .entity(new BulkAnswer(TaskView.of(sent.task()), null))
                .header(TasksResource.REPLAYED, sent.isRepeated())
                .location(URI.create(TasksResource.TASKS + "/" + sent.task().id()))
                .build();
    }
}
