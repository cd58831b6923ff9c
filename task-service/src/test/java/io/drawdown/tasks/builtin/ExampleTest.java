package io.drawdown.tasks.builtin;

import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.handler.TaskHandler;
import io.drawdown.tasks.testing.TestContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The handler in the README, and its test. */
class ExampleTest {

    private final Mailer mailer = new Mailer();

    /** Sends mail once per key. */
    static final class Mailer {
        private final List<String> keys = new ArrayList<>();

        String send(String to, String key) {
            keys.add(key);
            return "mail to " + to;
        }
    }

    static final class ReceiptHandler implements TaskHandler<ReceiptHandler.Receipt, ReceiptHandler.Sent> {

        private final Mailer mailer;

        ReceiptHandler(Mailer mailer) {
            this.mailer = mailer;
        }

        record Receipt(String to) {}

        record Sent(String mailId) {}

        @Override
        public String type() {
            return "receipt";
        }

        @Override
        public Sent handle(Receipt receipt, TaskContext context) {
            String mailId = context.once("mail", String.class, key -> mailer.send(receipt.to(), key));
            context.progress(100, "sent");
            return new Sent(mailId);
        }
    }

    @Test
    void mailIsSentOnceHoweverOftenItsTaskRuns() {
        // Given
        ReceiptHandler handler = new ReceiptHandler(mailer);
        ReceiptHandler.Receipt receipt = new ReceiptHandler.Receipt("ada@example.org");
        TestContext first = new TestContext();
        // When
        ReceiptHandler.Sent sent = handler.handle(receipt, first);
        ReceiptHandler.Sent again = handler.handle(receipt, first.nextAttempt());
        // Then
        assertThat(again).isEqualTo(sent);
        assertThat(mailer.keys).containsExactly(first.taskId() + ":mail");
        assertThat(first.progress())
                .last()
                .extracting(progress -> progress.percent())
                .isEqualTo(100);
    }
}
