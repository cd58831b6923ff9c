package io.drawdown.kit.runtime;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.trace.CurrentWork;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CoreLoopTest {

    private final Vertx vertx = Vertx.vertx();
    private final CoreLoop loop = new CoreLoop(vertx);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void everyActionRunsOnOneThreadInOrder() throws InterruptedException {
        // Given
        List<Integer> order = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(100);
        // When
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.execute(() -> {
                order.add(number);
                threads.add(Thread.currentThread());
                done.countDown();
            });
        }
        // Then
        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(order).isSorted();
        assertThat(threads).containsOnly(threads.getFirst());
    }

    @Test
    void actionDoesNotSeeTheContextLocalsOfAnother() {
        // Given
        CompletableFuture<Object> seen = new CompletableFuture<>();
        // When
        loop.execute(() -> Vertx.currentContext().putLocal("session", "of another"));
        loop.execute(
                () -> seen.complete(Optional.ofNullable(Vertx.currentContext().getLocal("session"))));
        // Then
        assertThat(seen.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(Optional.empty());
    }

    @Test
    void callAfterTheStopIsRefused() {
        // Given
        loop.close();
        // When, Then
        assertThatThrownBy(() ->
                        loop.call(() -> Uni.createFrom().item("in")).await().indefinitely())
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void timerRunsOnTheSameThread() {
        // Given
        CompletableFuture<Thread> loopThread = new CompletableFuture<>();
        CompletableFuture<Thread> timerThread = new CompletableFuture<>();
        // When
        loop.execute(() -> loopThread.complete(Thread.currentThread()));
        loop.after(Duration.ofMillis(5), () -> timerThread.complete(Thread.currentThread()));
        // Then
        assertThat(timerThread.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(loopThread.join());
    }

    @Test
    void cancelledTimerDoesNotRun() {
        // Given
        AtomicBoolean ran = new AtomicBoolean();
        CompletableFuture<Void> later = new CompletableFuture<>();
        Scheduler.Timer timer = loop.after(Duration.ofMillis(20), () -> ran.set(true));
        // When
        timer.cancel();
        loop.after(Duration.ofMillis(40), () -> later.complete(null));
        // Then
        later.orTimeout(5, TimeUnit.SECONDS).join();
        assertThat(ran).isFalse();
    }

    @Test
    void failedActionDoesNotStopTheLoop() {
        // When
        loop.execute(() -> {
            throw new IllegalStateException("expected in this test");
        });
        // Then
        assertThat(loop.call(() -> Uni.createFrom().item("alive")).await().atMost(Duration.ofSeconds(5)))
                .isEqualTo("alive");
    }

    @Test
    void callAnswersOnTheContextOfItsCaller() {
        // Given
        CompletableFuture<Boolean> isSame = new CompletableFuture<>();
        // When
        vertx.runOnContext(nothing -> {
            Thread caller = Thread.currentThread();
            loop.call(() -> Uni.createFrom().item(1))
                    .subscribe()
                    .with(one -> isSame.complete(Thread.currentThread() == caller), isSame::completeExceptionally);
        });
        // Then
        assertThat(isSame.orTimeout(5, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsCancelledIfTheCallerWantsThat() {
        // Given
        CompletableFuture<Boolean> isOnTheLoop = new CompletableFuture<>();
        CompletableFuture<Thread> loopThread = new CompletableFuture<>();
        Uni<Void> endless = Uni.createFrom()
                .<Void>nothing()
                .onCancellation()
                .invoke(() -> isOnTheLoop.complete(Thread.currentThread() == loopThread.join()));
        // When
        loop.execute(() -> loopThread.complete(Thread.currentThread()));
        loop.callWhileWanted(() -> endless).subscribe().with(never -> {}).cancel();
        // Then
        assertThat(isOnTheLoop.orTimeout(5, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void entryIsWorkOfItsCallerAndWhatItLeavesForLaterIsNot() {
        // Given
        TraceContext trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
        CompletableFuture<CurrentWork> later = new CompletableFuture<>();
        Uni<CurrentWork> entry = Uni.createFrom().item(() -> {
            loop.execute(() -> later.complete(CurrentWork.get()));
            return CurrentWork.get();
        });
        // When
        CurrentWork seen = new CurrentWork(trace, "r-1")
                .call(() -> loop.call(() -> entry).await().atMost(Duration.ofSeconds(5)));
        // Then
        assertThat(seen).isEqualTo(new CurrentWork(trace, "r-1"));
        assertThat(later.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(new CurrentWork(null, null));
    }

    @Test
    void entryThatThrowsFailsTheCall() {
        // Given
        Uni<Object> call = loop.call(() -> {
            throw new IllegalArgumentException("thrown");
        });
        // When, Then
        assertThatThrownBy(() -> call.await().atMost(Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("thrown");
    }
}
