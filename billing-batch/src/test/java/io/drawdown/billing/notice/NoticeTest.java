package io.drawdown.billing.notice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NoticeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "ada@",
                "a b@example.com",
                "ada@example.com\r\nBcc: eve@example.com",
                "ada@example.com,eve@example.com",
                "Ada <ada@example.com>"
            })
    void onlyOnePlainAddressGetsOne(String address) {
        assertThatThrownBy(() -> new Notice(address, "subject", "text", "key"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void subjectAddsNoHeader() {
        assertThatThrownBy(() -> new Notice("ada@example.com", "subject\nBcc: eve@example.com", "text", "key"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void logShowsItsKeyOnly() {
        assertThat(new Notice("ada@example.com", "subject", "text", "item:7:1")).hasToString("Notice[key=item:7:1]");
    }
}
