package io.drawdown.billing.run;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProcessTableTest {

    private record Named(String name) implements BatchProcess {
        @Override
        public BatchResult run(BatchContext context) {
            return BatchResult.completed();
        }
    }

    @Test
    void processesAreInTheOrderOfTheirNames() {
        // When
        ProcessTable table = new ProcessTable(List.of(new Named("two"), new Named("one")));
        // Then
        assertThat(table.all()).extracting(BatchProcess::name).containsExactly("one", "two");
        assertThat(table.find("two")).isPresent();
        assertThat(table.find("three")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Two", "two-one", "2", "_"})
    void nameOfAnotherFormIsRefused(String name) {
        assertThatThrownBy(() -> new ProcessTable(List.of(new Named(name)))).hasMessageContaining('"' + name + '"');
    }

    @Test
    void twoOfOneNameAreRefused() {
        assertThatThrownBy(() -> new ProcessTable(List.of(new Named("one"), new Named("one"))))
                .hasMessageContaining("one");
    }
}
