package io.drawdown.kit.logging;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.trace.CurrentWork;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkFilterTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final TraceContext TRACE = new TraceContext("00-" + TRACE_ID + "-b7ad6b7169203331-01", null);

    private static @Nullable String traceOfALine() {
        ExtLogRecord line = new ExtLogRecord(Level.INFO, "said", WorkFilterTest.class.getName());
        assertThat(new WorkFilter(null).isLoggable(line)).isTrue();
        return line.getMdc("traceId");
    }

    @Test
    void lineNamesTheWorkDuringWhichItIsWrittenAndNoOther() {
        // When
        CurrentWork.within(TRACE, () -> {
            // Then
            assertThat(traceOfALine()).isEqualTo(TRACE_ID);
            CurrentWork.within(null, () -> assertThat(traceOfALine()).isNull());
            assertThat(traceOfALine()).isEqualTo(TRACE_ID);
        });
        assertThat(traceOfALine()).isNull();
    }

    @Test
    void workThatThrowsLeavesNothingBehind() {
        // When
        try {
            CurrentWork.within(TRACE, () -> {
                throw new IllegalStateException("expected in this test");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessageContaining("expected");
        }
        // Then
        assertThat(traceOfALine()).isNull();
    }

    @Test
    void lineThatTheOtherFilterDropsStaysDropped() {
        // Given
        ExtLogRecord line = new ExtLogRecord(Level.INFO, "said", WorkFilterTest.class.getName());
        // When, Then
        assertThat(new WorkFilter(any -> false).isLoggable(line)).isFalse();
    }
}
