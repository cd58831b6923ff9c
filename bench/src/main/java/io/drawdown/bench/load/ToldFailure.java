package io.drawdown.bench.load;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Passes an operation on and reports its first failure in a sentence. The load counts how many failed. */
public final class ToldFailure implements Operation {

    private final Operation operation;
    private final Consumer<String> told;
    private final AtomicBoolean isTold = new AtomicBoolean();

    public ToldFailure(Operation operation, Consumer<String> told) {
        this.operation = operation;
        this.told = told;
    }

    @Override
    public CompletionStage<?> begin() {
        return operation.begin().whenComplete((done, fault) -> {
            if (fault != null && isTold.compareAndSet(false, true)) {
                told.accept("the first failure: " + fault);
            }
        });
    }
}
