package io.drawdown.billing.hook;

import com.stripe.net.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SignaturesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SECRET = "whsec_the_present_one";
    private static final String BEFORE = "whsec_the_one_before";
    private static final byte[] BODY = "{\"id\":\"evt_1\",\"text\":\"ä\"}".getBytes(UTF_8);

    private final Signatures signatures = new Signatures(List.of(SECRET, BEFORE), Duration.ofMinutes(5));

    private static String code(String secret, long seconds) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        mac.update((seconds + ".").getBytes(UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(BODY));
    }

    private static String header(String secret, Instant at) throws Exception {
        return "t=" + at.getEpochSecond() + ",v1=" + code(secret, at.getEpochSecond());
    }

    @Test
    void itAgreesWithTheLibraryOfStripe() throws Exception {
        // Given
        String header = header(SECRET, NOW);
        // When
        boolean theirs = Webhook.Signature.verifyHeader(new String(BODY, UTF_8), header, SECRET, 0L);
        // Then
        assertThat(theirs).isTrue();
        assertThat(signatures.fault(BODY, header, NOW)).isNull();
    }

    @Test
    void anyOfTheSecretsMaySignAndAnyOfTheCodesMayFit() throws Exception {
        // Given
        String both = "t=" + NOW.getEpochSecond() + ",v1=" + "0".repeat(64) + ",v1="
                + code(BEFORE, NOW.getEpochSecond()) + ",v0=abc,x=y";
        // Then
        assertThat(signatures.fault(BODY, header(BEFORE, NOW), NOW)).isNull();
        assertThat(signatures.fault(BODY, both, NOW)).isNull();
        assertThat(signatures.fault(BODY, header("whsec_of_somebody_else", NOW), NOW))
                .isNotNull();
    }

    @Test
    void fiveMinutesAreToleratedBothWays() throws Exception {
        // Given
        String header = header(SECRET, NOW);
        // Then
        assertThat(signatures.fault(BODY, header, NOW.plusSeconds(300))).isNull();
        assertThat(signatures.fault(BODY, header, NOW.minusSeconds(300))).isNull();
        assertThat(signatures.fault(BODY, header, NOW.plusSeconds(301))).isNotNull();
        assertThat(signatures.fault(BODY, header, NOW.minusSeconds(301))).isNotNull();
    }

    @Test
    void oneOtherByteIsRefused() throws Exception {
        // Given
        byte[] other = BODY.clone();
        other[other.length - 1] = ' ';
        // Then
        assertThat(signatures.fault(other, header(SECRET, NOW), NOW)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "t",
                "t=",
                "t=1767225600",
                "v1=CODE",
                "t=1767225600,v1=",
                "t=1767225600,v1=zz",
                "t=1767225600,v0=CODE",
                "t=-1,v1=CODE",
                "t=1e9,v1=CODE",
                "t=99999999999999999999,v1=CODE",
                "t=1767225600,t=1767225600,v1=CODE",
                "t=1767225600;v1=CODE",
                "t=1767225600,v1=CODEff",
                "t=1767225600,,v1=CODE"
            })
    void headerThatCannotBeReadIsRefused(String form) throws Exception {
        // Given
        String header = form.replace("CODE", code(SECRET, NOW.getEpochSecond()));
        // Then
        assertThat(signatures.fault(BODY, header, NOW)).isNotNull();
    }
}
