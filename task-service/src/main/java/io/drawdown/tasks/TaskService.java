package io.drawdown.tasks;

import io.drawdown.contracts.Service;
import io.drawdown.kit.runtime.CoreRuntime;
import io.drawdown.kit.runtime.CoreService;
import io.drawdown.tasks.config.ConfiguredTypes;
import io.drawdown.tasks.config.TaskConfig;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.handler.TaskHandler;
import io.drawdown.tasks.metrics.RunMetrics;
import io.drawdown.tasks.runner.HandlerTable;
import io.drawdown.tasks.runner.HandlerThreads;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** The core of task-service with its handlers, topics and stores. */
@Singleton
public final class TaskService implements CoreService {

    private final TasksCore core;
    private final TaskTypes types;
    private final HandlerTable table;
    private final TasksSettings settings;

    TaskService(CoreRuntime runtime, TaskConfig config, TaskStores stores, @All List<TaskHandler<?, ?>> handlers) {
        table = new HandlerTable(handlers);
        types = ConfiguredTypes.of(config.task(), handlers);
        settings = TasksSettings.of(config);
        TasksPorts ports = new TasksPorts(
                stores,
                runtime.publisher(),
                new HandlerThreads(table, types, runtime.time(), runtime.loop(), runtime.spans()),
                new RunMetrics(runtime.metrics()),
                new HintPublisher(runtime.publisher(), settings.instance(), runtime.time(), runtime.loop()));
        core = new TasksCore(ports, settings, types, runtime.time(), runtime.loop(), new SecureRandom());
    }

    @Produces
    @Singleton
    TasksCore core() {
        return core;
    }

    @Produces
    @Singleton
    TaskTypes types() {
        return types;
    }

    @Produces
    @Singleton
    HandlerTable handlers() {
        return table;
    }

    @Override
    public Service service() {
        return Service.TASK_SERVICE;
    }

    @Override
    public void start() {
        core.start();
    }

    /** What runs may come to its end; the rest is handed back, and another instance runs it. */
    @Override
    public Uni<Boolean> stop() {
        return core.stop();
    }

    @Override
    public Duration stopPatience() {
        return settings.stopPatience().plus(TasksCore.STOP_AGAIN).plusSeconds(1);
    }
}
