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

    @ParameterizedTest
    @ValueSource(strings = {"x@.a", "x@a.", ".x@a.b", "x.@a.b", "x@-a.b", "x@a.b-"})
    void addressThatNoServerTakesIsNotGiven(String address) {
        assertThat(address).doesNotMatch(Notice.ADDRESS);
        assertThat("x.y+z_1%2-@a-b.c9.example").matches(Notice.ADDRESS);
        assertThat("x".repeat(65) + "@a.b").doesNotMatch(Notice.ADDRESS);
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
