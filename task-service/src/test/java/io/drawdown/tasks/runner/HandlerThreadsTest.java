package io.drawdown.tasks.runner;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.trace.Spans;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.handler.PermanentFailure;
import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.handler.TaskHandler;
import io.drawdown.tasks.handler.TemporaryFailure;
import io.drawdown.tasks.run.Handlers.Running;
import io.drawdown.tasks.run.Outcome;
import io.drawdown.tasks.run.Outcome.Failed;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.Waits;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HandlerThreadsTest {

    private static final ManualTime TIME = new ManualTime();
    private static final Set<Thread.State> STOPPED =
            Set.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TERMINATED);

    private final Vertx vertx = Vertx.vertx();
    private final CoreLoop loop = new CoreLoop(vertx);
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** What a test's handler does. */
    interface Work {
        Object on(TaskContext context) throws Exception;
    }

    record Payload(String word) {}

    private record Handler(Work work) implements TaskHandler<Payload, Object> {
        @Override
        public String type() {
            return "work";
        }

        @Override
        public Object handle(Payload payload, TaskContext context) throws Exception {
            return work.on(context);
        }
    }

    private HandlerThreads threads(Work work) {
        TaskTypes types = new TaskTypes(List.of(new TaskType("work", Policy.DEFAULT, 4, true)));
        return new HandlerThreads(new HandlerTable(List.of(new Handler(work))), types, TIME, loop, Spans.NONE);
    }

    private static TaskDocument running(String payload) {
        Spec spec = new Spec(
                "work", payload, Lane.NORMAL, "t", new Spec.Sender("shop", TIME.now(), null, null), null, null);
        return Runs.claim(Waits.queued("tsk_1", spec, null, null), "inc-1", TIME.now());
    }

    private Running start(Work work) {
        return threads(work).start(running("{\"word\":\"a\"}"), listener);
    }

    private Outcome outcomeOf(Work work) {
        start(work);
        return listener.outcome();
    }

    @Test
    void whatAHandlerReturnsIsTheResultAndWhatItReportedComesBefore() {
        // When
        Outcome outcome = outcomeOf(context -> {
            context.progress(30, "on its way");
            context.log("attempt " + context.attempt());
            return List.of(context.taskId(), context.deadline());
        });
        // Then
        assertThat(outcome).isEqualTo(new Outcome.Completed("[\"tsk_1\",\"2026-01-01T00:10:00Z\"]"));
        assertThat(listener.percents()).containsExactly(30);
        assertThat(listener.lines()).containsExactly("attempt 1");
    }

    static Stream<Arguments> failures() {
        String longest = "x".repeat(HandlerThreads.LONGEST_RESULT);
        return Stream.of(
                failure(
                        context -> {
                            throw new TemporaryFailure("busy", null, Duration.ofSeconds(7));
                        },
                        new Failed(new TaskFailure(Reason.TEMPORARY, null, "busy"), Duration.ofSeconds(7))),
                failure(
                        context -> {
                            throw new TemporaryFailure("away", new IOException("no route"));
                        },
                        new Failed(new TaskFailure(Reason.TEMPORARY, "java.io.IOException", "away"), null)),
                failure(
                        context -> {
                            throw new PermanentFailure("no such mailbox");
                        },
                        new Failed(new TaskFailure(Reason.PERMANENT, null, "no such mailbox"), null)),
                failure(
                        context -> {
                            throw new IOException("reset");
                        },
                        new Failed(new TaskFailure(Reason.TEMPORARY, "java.io.IOException", "reset"), null)),
                failure(
                        context -> {
                            throw new StackOverflowError();
                        },
                        new Failed(new TaskFailure(Reason.TEMPORARY, "java.lang.StackOverflowError", null), null)),
                failure(
                        context -> longest,
                        new Failed(
                                new TaskFailure(Reason.PERMANENT, null, "the result is longer than 262144 bytes"),
                                null)));
    }

    private static Arguments failure(Work work, Failed expected) {
        return Arguments.of(work, expected);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void exceptionOfAHandlerIsNamed(Work work, Failed expected) {
        assertThat(outcomeOf(work)).isEqualTo(expected);
    }

    @Test
    void payloadThatTheHandlerCannotReadAnyMoreIsAPermanentFailure() {
        // When
        threads(context -> "never").start(running("{\"word\":1}"), listener);
        // Then
        assertThat(listener.outcome()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(
                        failed.failure().reason())
                .isEqualTo(Reason.PERMANENT));
    }

    @Test
    void stepIsKeptBeforeItIsDoneAndIsNotRepeated() {
        // When
        Outcome outcome = outcomeOf(context -> {
            String first = context.once("send", String.class, key -> key);
            String again = context.once("send", String.class, key -> "repeated");
            return List.of(first, again);
        });
        // Then
        assertThat(outcome).isEqualTo(new Outcome.Completed("[\"tsk_1:send\",\"tsk_1:send\"]"));
        assertThat(listener.steps()).containsExactly("send=\"tsk_1:send\"");
    }

    @Test
    void stepOfAnEarlierAttemptIsNotRepeated() {
        // Given
        TaskDocument task = Runs.recordStep(running("{\"word\":\"a\"}"), "send", "\"before\"");
        // When
        threads(context -> context.once("send", String.class, key -> "repeated"))
                .start(task, listener);
        // Then
        assertThat(listener.outcome()).isEqualTo(new Outcome.Completed("\"before\""));
        assertThat(listener.steps()).isEmpty();
    }

    @Test
    void stepThatTwoThreadsWantIsDoneByOneOfThem() {
        // Given
        AtomicInteger effects = new AtomicInteger();
        // When
        Outcome outcome = outcomeOf(context -> {
            Thread other = Thread.ofPlatform()
                    .unstarted(() -> context.once("send", Integer.class, key -> effects.incrementAndGet()));
            context.once("send", Integer.class, key -> {
                other.start();
                await().until(() -> STOPPED.contains(other.getState()));
                return effects.incrementAndGet();
            });
            other.join();
            return effects.get();
        });
        // Then
        assertThat(outcome).isEqualTo(new Outcome.Completed("1"));
    }

    @Test
    void handlerDoesNotGoOnAfterAStepThatWasNotKept() {
        // Given
        listener.failSteps(new Unavailable("the run is lost"));
        // When
        Outcome outcome = outcomeOf(context -> context.once("send", String.class, key -> key) + " and more");
        // Then
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> assertThat(
                        failed.failure().reason())
                .isEqualTo(Reason.TEMPORARY));
    }

    @Test
    void stepsAreBounded() {
        for (Work work : List.<Work>of(
                context -> context.once("a.b", String.class, key -> key),
                context -> context.once("long", String.class, key -> "x".repeat(TaskContext.LONGEST_STEP_RESULT)),
                HandlerThreadsTest::tooManySteps)) {
            RecordingListener own = new RecordingListener();
            threads(work).start(running("{\"word\":\"a\"}"), own);
            assertThat(own.outcome()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(
                            failed.failure().reason())
                    .isEqualTo(Reason.PERMANENT));
        }
    }

    private static Object tooManySteps(TaskContext context) {
        for (int step = 0; step <= io.drawdown.tasks.task.RunHistory.MOST_STEPS; step++) {
            context.once("step-" + step, key -> {});
        }
        return "never";
    }

    @Test
    void cancelledHandlerIsToldAndStopsByItself() {
        // Given
        CountDownLatch told = new CountDownLatch(1);
        Running running = start(context -> {
            context.onCancel(told::countDown);
            told.await();
            throw new IOException("stopped, cancelled: " + context.isCancelled());
        });
        // When
        loop.execute(running::cancel);
        // Then
        assertThat(listener.outcome()).isEqualTo(new Outcome.Stopped());
    }

    @Test
    void hookOfAHandlerThatIsCancelledAlreadyRunsAtOnce() throws InterruptedException {
        // Given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Running running = start(context -> {
            begun.countDown();
            cancelled.await();
            context.onCancel(told::countDown);
            told.await();
            return "done all the same";
        });
        begun.await();
        // When
        loop.execute(() -> {
            running.cancel();
            cancelled.countDown();
        });
        // Then
        assertThat(listener.outcome()).isEqualTo(new Outcome.Completed("\"done all the same\""));
    }

    @Test
    void abandonedHandlerIsInterruptedAndCountsUntilItEnds() {
        // Given
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        HandlerThreads threads = threads(context -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            mayEnd.await();
            return "too late";
        });
        Running running = threads.start(running("{\"word\":\"a\"}"), listener);
        // When
        loop.execute(running::abandon);
        await().until(() -> interrupted.getCount() == 0);
        // Then
        assertThat(threads.abandoned("work")).isEqualTo(1);
        mayEnd.countDown();
        await().until(() -> threads.abandoned("work") == 0);
        assertThat(listener.hasEnded()).isFalse();
    }

    @Test
    void handlerThatReportsWithoutEndFloodsNobody() {
        // Given
        CountDownLatch reported = new CountDownLatch(1);
        loop.execute(() -> uninterruptibly(reported));
        // When
        Outcome outcome = outcomeOf(context -> {
            for (int each = 0; each < 10_000; each++) {
                context.progress(each / 100, "at " + each);
                context.log("line " + each);
            }
            reported.countDown();
            return "done";
        });
        // Then
        assertThat(outcome).isEqualTo(new Outcome.Completed("\"done\""));
        assertThat(listener.percents()).containsExactly(99);
        assertThat(listener.lines())
                .hasSize(io.drawdown.tasks.task.RunHistory.MOST_LOG_LINES)
                .endsWith("line 9999");
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
