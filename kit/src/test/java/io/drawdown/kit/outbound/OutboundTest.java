package io.drawdown.kit.outbound;

import io.drawdown.kit.testing.ManualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutboundTest {

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, true",
        "8.8.8.8, true",
        "172.32.0.1, true",
        "2606:4700:4700::1111, true",
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.0.1, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "192.0.0.1, false",
        "192.0.2.1, false",
        "198.18.0.1, false",
        "203.0.113.9, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "0.0.0.0, false",
        "::1, false",
        "::, false",
        "fe80::1, false",
        "fc00::1, false",
        "fd12:3456::1, false",
        "::ffff:10.0.0.1, false",
        "::ffff:169.254.169.254, false",
        "::127.0.0.1, false",
        "100.63.255.255, true",
        "100.128.0.1, true",
        "192.88.99.1, false",
        "198.51.100.1, false",
        "198.20.0.1, true",
        "240.0.0.1, false",
        "fec0::1, false",
        "2001::1, false",
        "3fff::1, false",
        "64:ff9b::a00:1, false",
        "2002:a00:1::1, false",
        "2001:db8::1, false",
        "ff02::1, false"
    })
    void onlyAddressesOfThePublicInternetArePublic(String address, boolean isPublic) throws UnknownHostException {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "0, 0",
        "'Thu, 01 Jan 2026 00:00:09 GMT', 9",
        "'Wed, 31 Dec 2025 00:00:00 GMT', 0",
        "soon, ",
        "-1, ",
        "1.5, "
    })
    void retryAfterIsSecondsOrADate(String header, Long seconds) {
        assertThat(RetryAfter.parse(header, ManualTime.START))
                .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
