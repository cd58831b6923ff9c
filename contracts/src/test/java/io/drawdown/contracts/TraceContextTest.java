package io.drawdown.contracts;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TraceContextTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String STATE = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE";

    @ParameterizedTest
    @ValueSource(
            strings = {
                PARENT,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff",
                "00-00000000000000000000000000000001-1000000000000000-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what_the=future,may.bring"
            })
    void validContextIsCarriedAsItCame(String parent) {
        assertThat(TraceContext.of(List.of(parent), List.of(STATE))).isEqualTo(new TraceContext(parent, STATE));
        assertThat(TraceContext.of(List.of(parent), List.of())).isEqualTo(new TraceContext(parent, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                // a version or a length that is none
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "FE-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                // version 00 has nothing more; a later one adds it after a dash
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-m\u00f6re",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-mo\nre",
                // ids of zeros, of another length, of capitals, of other letters
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "01-00000000000000000000000000000000-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0A",
                "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
                "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
                // two in one header
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void invalidContextCountsAsAbsent(String parent) {
        assertThat(TraceContext.of(List.of(parent), List.of(STATE))).isNull();
    }

    @Test
    void contextIsOneHeader() {
        assertThat(TraceContext.of(List.of(), List.of(STATE))).isNull();
        assertThat(TraceContext.of(List.of(PARENT, PARENT), List.of(STATE))).isNull();
    }

    @Test
    void stateOfSeveralHeadersIsJoined() {
        assertThat(TraceContext.of(List.of(PARENT), List.of("a=1", "b=2, c=3")))
                .isEqualTo(new TraceContext(PARENT, "a=1,b=2, c=3"));
    }

    @Test
    void stateThatIsTooLongOrUnreadableIsDroppedAlone() {
        // Given
        String longest = "a=" + "x".repeat(TraceContext.LONGEST - 2);
        // Then
        assertThat(TraceContext.of(List.of(PARENT), List.of(longest))).isEqualTo(new TraceContext(PARENT, longest));
        assertThat(TraceContext.of(List.of(PARENT), List.of(longest + "x"))).isEqualTo(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(List.of(PARENT), List.of(longest, "b"))).isEqualTo(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(List.of(PARENT), List.of(""))).isEqualTo(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(List.of(PARENT), List.of("a=\u00e4"))).isEqualTo(new TraceContext(PARENT, null));
    }

    @Test
    void laterVersionWithoutEndCountsAsAbsent() {
        // Given
        String later = "01" + PARENT.substring(2) + "-";
        String longest = later + "x".repeat(TraceContext.LONGEST - later.length());
        // Then
        assertThat(TraceContext.of(List.of(longest), List.of())).isEqualTo(new TraceContext(longest, null));
        assertThat(TraceContext.of(List.of(longest + "x"), List.of())).isNull();
    }
}
