package io.drawdown.kit.security;

import io.drawdown.kit.testing.ManualTime;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tokens of an issuer that shows its keys at an address, verified as HTTP and sockets verify them. */
class IssuerKeysTest {

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration KEEP = Duration.ofHours(24);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final TestIssuer issuer = new TestIssuer();
    private final CheckedTokens tokens = tokens("sub", "groups");
    private int made;

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void newKeyIsTakenWithoutARestart() throws ParseException {
        // Given
        issuer.show("one");
        verify(token("one"));
        issuer.show("two");
        time.advance(IssuerKeys.APART);
        // When
        JsonWebToken caller = verify(token("two"));
        // Then
        assertThat(caller.getSubject()).isEqualTo("ada");
        verify(token("one"));
        assertThat(issuer.asked()).isEqualTo(2);
    }

    @Test
    void keyThatIsShownNoMoreCountsForTheRefreshAndAMinuteAtMost() throws ParseException {
        // Given
        issuer.show("one");
        issuer.show("two");
        String token = token("one");
        verify(token);
        issuer.hide("one");
        // When
        time.advance(REFRESH.minusNanos(1));
        verify(token); // remembered from here for a minute
        time.advance(REMEMBERED);
        // Then
        assertThatThrownBy(() -> verify(token)).hasMessageContaining("no such key");
        verify(token("two"));
    }

    @Test
    void issuerThatIsAwayShutsNobodyOutWhoseKeyIsKnown() throws ParseException {
        // Given
        issuer.show("one");
        verify(token("one"));
        issuer.answer(503);
        // When
        time.advance(REFRESH.multipliedBy(100));
        // Then
        verify(token("one"));
        issuer.close();
        time.advance(REFRESH);
        verify(token("one"));
        assertThatThrownBy(() -> verify(token("two"))).hasMessageContaining("no such key");
    }

    @Test
    void keysCountOnlyForATimeWhileTheIssuerIsAway() throws ParseException {
        // Given
        issuer.show("one");
        verify(token("one"));
        issuer.answer(503);
        // When
        time.advance(KEEP);
        // Then
        assertThatThrownBy(() -> verify(token("one"))).hasMessageContaining("no such key");
        issuer.answer(200);
        time.advance(IssuerKeys.APART);
        verify(token("one"));
    }

    @Test
    void keysThatCannotBeUsedArePassedOver() throws ParseException {
        // Given
        issuer.show("one");
        issuer.showToo(Map.of("kty", "RSA", "kid", "damaged", "n", "!", "e", "AQAB"));
        issuer.showToo(Map.of("kty", "RSA", "kid", "short", "n", "tVKUtcx_n9rt5afY", "e", "AQAB"));
        issuer.showToo(Map.of("kty", "of-tomorrow", "kid", "new"));
        issuer.showToo(Map.of("kty", "EC", "kid", "curve", "crv", "P-256", "x", "AA", "y", "AA"));
        // When, Then
        verify(token("one"));
        assertThatThrownBy(() -> verify(token("short"))).hasMessageContaining("no such key");
    }

    @Test
    void keyForSomethingElseVerifiesNothing() throws IOException {
        // Given
        issuer.show("good");
        String good = issuer.shown("good");
        // When, Then
        assertThat(keys(good)).containsOnlyKeys("good");
        assertThat(keys(good, good.replace("sig", "enc").replace("good", "encrypts")))
                .containsOnlyKeys("good");
        assertThat(keys(good, good.replace("RS256", "PS512").replace("good", "other")))
                .containsOnlyKeys("good");
        assertThat(keys(good, good.replace("{", "{\"key_ops\":[\"encrypt\"],").replace("good", "wraps")))
                .containsOnlyKeys("good");
        assertThatThrownBy(() -> keys(good.replace("sig", "enc"))).hasMessageContaining("no RSA key");
        assertThatThrownBy(() -> Jwks.read("{\"keys\":5}".getBytes(UTF_8))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Jwks.read("<html>".getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    private static Map<String, PublicKey> keys(String... each) throws IOException {
        return Jwks.read(("{\"keys\":[" + String.join(",", each) + "]}").getBytes(UTF_8));
    }

    @Test
    void issuerThatGetsStuckIsGivenUp() throws ParseException {
        // Given
        issuer.show("one");
        verify(token("one"));
        issuer.getStuck(true);
        time.advance(REFRESH);
        // When
        verify(token("one"));
        // Then: it is asked again
        issuer.getStuck(false);
        issuer.show("two");
        time.advance(IssuerKeys.APART);
        verify(token("two"));
    }

    @Test
    void madeUpKeysDoNotPressTheIssuer() throws ParseException {
        // Given
        issuer.show("one");
        verify(token("one"));
        // When
        IntStream.range(0, 100).forEach(each -> assertThatThrownBy(() -> verify(forged("made-up-" + each)))
                .hasMessageContaining("no such key"));
        time.advance(IssuerKeys.APART);
        IntStream.range(0, 100).forEach(each -> assertThatThrownBy(() -> verify(forged("made-up-" + each)))
                .isInstanceOf(ParseException.class));
        // Then
        assertThat(issuer.asked()).isEqualTo(2);
        verify(token("one"));
    }

    @Test
    void keyOfTheSameNameDoesNotVerifyAForeignSignature() {
        // Given
        issuer.show("one");
        try (TestIssuer stranger = new TestIssuer()) {
            String token = stranger.token("one", TestIssuer.claims("ada", "1", List.of(Role.USER)));
            // When, Then
            assertThatThrownBy(() -> verify(token)).isInstanceOf(ParseException.class);
        }
    }

    @Test
    void tokenOfKeycloakIsMapped() throws ParseException {
        // Given: an access token of Keycloak 26, with roles of the realm; its sub is the id of the user there
        issuer.show("k");
        Map<String, Object> claims =
                new HashMap<>(TestIssuer.claims("f1e5ae6b-5d0c-4b6e-8d5a-6a3b0e3f7f10", "1", List.of()));
        claims.remove("groups");
        claims.put("aud", List.of("drawdown", "account"));
        claims.put("typ", "Bearer");
        claims.put("azp", "web");
        claims.put("realm_access", Map.of("roles", List.of("offline_access", "uma_authorization", "user")));
        claims.put("resource_access", Map.of("account", Map.of("roles", List.of("manage-account"))));
        claims.put("scope", "profile email");
        claims.put("preferred_username", "ada");
        // When
        JsonWebToken caller =
                tokens("preferred_username", "realm_access.roles").parse(issuer.token("k", claims), rules());
        // Then
        assertThat(Caller.of(caller).mayUse("ada")).isTrue();
        assertThat(Caller.of(caller).mayUseAll()).isFalse();
        assertThat(caller.getGroups()).containsExactlyInAnyOrder("offline_access", "uma_authorization", "user");
    }

    @Test
    void tokenOfAuth0IsMapped() throws ParseException {
        // Given: claims that an action adds have the form of an address
        issuer.show("a");
        Map<String, Object> claims = new HashMap<>(TestIssuer.claims("auth0|5f7c8ec7c33c6c004bbafe82", "1", List.of()));
        claims.remove("groups");
        claims.put("aud", List.of("drawdown", "https://example.eu.auth0.com/userinfo"));
        claims.put("azp", "my_client_id");
        claims.put("scope", "openid profile");
        claims.put("https://drawdown.example/roles", List.of(Role.GATEWAY));
        claims.put("https://drawdown.example/account", "shop");
        // When
        JsonWebToken caller = tokens("https://drawdown.example/account", "https://drawdown.example/roles")
                .parse(issuer.token("a", claims), rules());
        // Then
        assertThat(Caller.of(caller)).isEqualTo(new Caller("shop", Set.of(Role.GATEWAY)));
        assertThat(caller.getName()).isEqualTo("shop");
        assertThat(caller.getExpirationTime()).isEqualTo(claims.get("exp"));
    }

    @Test
    void tokenWithoutTheMappedClaimIsRefused() {
        // Given
        issuer.show("one");
        // When, Then
        assertThatThrownBy(() -> tokens("sub", "realm_access.roles").parse(token("one"), rules()))
                .hasMessageContaining("realm_access.roles");
        assertThatThrownBy(() -> tokens("preferred_username", "groups").parse(token("one"), rules()))
                .hasMessageContaining("preferred_username");
    }

    private JsonWebToken verify(String token) throws ParseException {
        return tokens.parse(token, rules());
    }

    private String token(String kid) {
        return issuer.token(kid, TestIssuer.claims("ada", String.valueOf(++made), List.of(Role.USER)));
    }

    private String forged(String kid) {
        String[] parts = token("one").split("\\.", -1);
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}").getBytes(UTF_8));
        return header + "." + parts[1] + "." + parts[2];
    }

    private CheckedTokens tokens(String accountClaim, String rolesClaim) {
        return new CheckedTokens(time, new Claimed(accountClaim, rolesClaim), Optional.of(issuer.address()));
    }

    private static JWTAuthContextInfo rules() {
        JWTAuthContextInfo rules = new JWTAuthContextInfo();
        rules.setIssuedBy("drawdown");
        rules.setExpectedAudience(Set.of("drawdown"));
        return rules;
    }

    private record Claimed(String accountClaim, String rolesClaim) implements JwtConfig.Jwt {

        @Override
        public String issuer() {
            return "drawdown";
        }

        @Override
        public String audience() {
            return "drawdown";
        }

        @Override
        public Duration refresh() {
            return REFRESH;
        }

        @Override
        public Duration keep() {
            return KEEP;
        }
    }
}
