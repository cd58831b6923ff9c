package io.drawdown.simulator.bugs.overlay;

import io.drawdown.checkpoints.CheckpointCore;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.CreditsCore;
import io.drawdown.kit.outbox.Destination;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.outbox.RelayLimits;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.SessionsCore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A seeded bug changes only what runs inside its overlay; one that does not fit the sources fails with the reason. */
class PatchedClassesTest {

    private static final String RATE = "contracts.Rate";
    private static final SeededBug ROUNDED_DOWN = SeededBug.of(
            "rounded down", RATE, "Math.ceilDiv(usedMillis, incrementMillis)", "usedMillis / incrementMillis");

    /** Runs inside: the price of 1.5 increments at 10 micro-credits each. */
    static long priced() {
        return new Rate("any", Credits.ofMicros(10), 1000).priceOf(1500).micros();
    }

    /** Runs inside: the state of a relay for a key that is new to it. */
    static long drained() {
        Relay<Long> relay = new Relay<>(new Nowhere(), new Never(), RelayLimits.DEFAULT, new Random(1));
        relay.offer("any", List.of(1L));
        return relay.drainedTo("any");
    }

    private static @Nullable Object pricedIn(Overlay overlay) {
        return overlay.run(PatchedClassesTest.class.getName(), "priced");
    }

    @Test
    void theBugIsOnlyInsideTheOverlay() {
        // Given
        Overlay overlay = Overlay.with(ROUNDED_DOWN);
        // When
        @Nullable Object inside = pricedIn(overlay);
        // Then
        assertThat(inside).isEqualTo(10L);
        assertThat(priced()).isEqualTo(20);
    }

    @Test
    void allThatUsesTheChangedPackageIsInsideTheOverlay() {
        // Given
        Overlay overlay = Overlay.with(ROUNDED_DOWN);
        for (Class<?> outside : List.of(CreditsCore.class, SessionsCore.class, CheckpointCore.class)) {
            // When
            Class<?> inside = overlay.type(outside.getName());
            // Then
            assertThat(inside).isNotSameAs(outside);
            assertThat(inside.getClassLoader())
                    .isSameAs(overlay.type(Rate.class.getName()).getClassLoader());
        }
        assertThat(overlay.type(Uni.class.getName())).isSameAs(Uni.class);
    }

    @Test
    void whatCannotReachTheChangedPackageIsSharedWithTheOutside() {
        // Given
        SeededBug bug = SeededBug.of(
                "born drained", "kit.outbox.AggregateQueue", "private long drainedTo;", "private long drainedTo = 7;");
        // When
        Overlay overlay = Overlay.with(bug);
        // Then
        assertThat(overlay.type(Rate.class.getName())).isSameAs(Rate.class);
        assertThat(overlay.type(CreditsCore.class.getName())).isNotSameAs(CreditsCore.class);
        assertThat(overlay.type(Relay.class.getName())).isNotSameAs(Relay.class);
    }

    @Test
    void changedAndUnchangedClassesShareTheirPackage() {
        // Given: the changed AggregateQueue is package-private; the unchanged Relay makes one and asks it
        SeededBug bug = SeededBug.of(
                "born drained", "kit.outbox.AggregateQueue", "private long drainedTo;", "private long drainedTo = 7;");
        // When
        @Nullable Object inside = Overlay.with(bug).run(PatchedClassesTest.class.getName(), "drained");
        // Then
        assertThat(inside).isEqualTo(7L);
    }

    @Test
    void nestedClassesAndSeveralEditsOfSeveralFilesWorkTogether() {
        // Given
        SeededBug bug = new SeededBug(
                "a new method",
                List.of(
                        new Edit(RATE, "public Credits priceOf(long usedMillis) {", """
                                static Credits twice(Credits once) {
                                    return once.times(2);
                                }

                                public Credits priceOf(long usedMillis) {"""),
                        new Edit(
                                RATE,
                                "return price.times(Math.ceilDiv(usedMillis, incrementMillis));",
                                "return Funding.doubled(price.times(Math.ceilDiv(usedMillis, incrementMillis)));"),
                        new Edit("contracts.Funding", "private Funding() {}", """
                                private Funding() {}

                                static Credits doubled(Credits once) {
                                    java.util.function.Supplier<Credits> twice = new java.util.function.Supplier<>() {
                                        @Override
                                        public Credits get() {
                                            return Rate.twice(once);
                                        }
                                    };
                                    return twice.get();
                                }""")));
        // When
        @Nullable Object inside = pricedIn(Overlay.with(bug));
        // Then
        assertThat(inside).isEqualTo(40L);
    }

    @Test
    void whiteSpaceDoesNotCount() {
        // Given
        SeededBug bug =
                SeededBug.of("spaced", RATE, "long usedMillis) {\n return   price.times(Math.ceilDiv(usedMillis,", """
                long usedMillis) {
                    return price.times(Math.floorDiv(usedMillis,""");
        // When
        @Nullable Object inside = pricedIn(Overlay.with(bug));
        // Then
        assertThat(inside).isEqualTo(10L);
    }

    @Test
    void twoOverlaysWorkSideBySide() throws Exception {
        // Given
        SeededBug free =
                SeededBug.of("free", RATE, "return price.times(Math.ceilDiv(usedMillis, incrementMillis));", """
                return Credits.ZERO;""");
        Callable<@Nullable Object> one = () -> pricedIn(Overlay.with(ROUNDED_DOWN));
        Callable<@Nullable Object> other = () -> pricedIn(Overlay.with(free));
        // When
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(one);
            var second = threads.submit(other);
            // Then
            assertThat(first.get()).isEqualTo(10L);
            assertThat(second.get()).isEqualTo(0L);
        }
    }

    @Test
    void aTextThatIsNotThereIsNamed() {
        // Given
        SeededBug bug = SeededBug.of("lost text", RATE, "no such text", "");
        // When, then
        assertThatThrownBy(() -> Overlay.with(bug))
                .isInstanceOf(StaleEdit.class)
                .hasMessageContaining("\"lost text\"")
                .hasMessageContaining(RATE)
                .hasMessageContaining("is not there: no such text");
    }

    @Test
    void aTextThatIsThereTwiceIsNamed() {
        // Given
        SeededBug bug = SeededBug.of("vague text", RATE, "incrementMillis", "");
        // When, then
        assertThatThrownBy(() -> Overlay.with(bug))
                .isInstanceOf(StaleEdit.class)
                .hasMessageContaining("\"vague text\"")
                .hasMessageContaining(RATE)
                .hasMessageContaining("times: incrementMillis");
    }

    @Test
    void anEditThatDoesNotCompileFailsWithTheCompilersMessage() {
        // Given
        SeededBug bug = SeededBug.of("no java", RATE, "return price.times(", "return price.isNegligible(");
        // When, then
        assertThatThrownBy(() -> Overlay.with(bug))
                .isInstanceOf(StaleEdit.class)
                .hasMessageContaining("\"no java\"")
                .hasMessageContaining("Rate.java")
                .hasMessageContaining("isNegligible");
    }

    private static final class Nowhere implements Destination<Long> {

        @Override
        public long seq(Long item) {
            return item;
        }

        @Override
        public Uni<Set<String>> record(Map<String, List<Long>> items) {
            return Uni.createFrom().nothing();
        }

        @Override
        public Uni<Integer> publish(String aggregateId, List<Long> items) {
            return Uni.createFrom().nothing();
        }

        @Override
        public Uni<Map<String, List<Long>>> trim(Map<String, Long> drainedTo) {
            return Uni.createFrom().nothing();
        }
    }

    private static final class Never implements Scheduler {

        @Override
        public void execute(Runnable action) {}

        @Override
        public Timer after(Duration delay, Runnable action) {
            return () -> {};
        }
    }
}
