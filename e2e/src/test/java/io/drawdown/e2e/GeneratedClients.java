package io.drawdown.e2e;

import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Role;
import io.drawdown.cli.tokens.Tokens;
import io.drawdown.contracts.Service;
import io.drawdown.generated.credits.ApiClient;
import io.drawdown.generated.credits.ApiException;
import io.drawdown.generated.credits.api.AccountsApi;
import io.drawdown.generated.credits.api.LedgerApi;
import io.drawdown.generated.credits.api.OperationsApi;
import io.drawdown.generated.credits.api.PostingsApi;
import io.drawdown.generated.credits.model.AccountDetails;
import io.drawdown.generated.credits.model.AccountStatus;
import io.drawdown.generated.credits.model.ChargeRequest;
import io.drawdown.generated.credits.model.EntryType;
import io.drawdown.generated.credits.model.EntryView;
import io.drawdown.generated.credits.model.GrantKind;
import io.drawdown.generated.credits.model.GrantRequest;
import io.drawdown.generated.credits.model.LedgerPage;
import io.drawdown.generated.credits.model.OpenRequest;
import io.drawdown.generated.credits.model.OperationState;
import io.drawdown.generated.credits.model.OperationView;
import io.drawdown.generated.credits.model.Problem;
import io.drawdown.generated.sessions.api.SessionsApi;
import io.drawdown.generated.sessions.model.EndReason;
import io.drawdown.generated.sessions.model.SessionState;
import io.drawdown.generated.sessions.model.SessionView;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

/** Calls the services with the clients that the build generates from docs/openapi. */
final class GeneratedClients {

    private static final String ACCOUNT = "generated";
    private static final String KEY = "a/b+c?"; // whatever a key is, the client encodes it for the path

    private final ApiClient credits = new ApiClient();
    private final io.drawdown.generated.sessions.ApiClient sessions = new io.drawdown.generated.sessions.ApiClient();
    private final AccountsApi accounts;
    private final PostingsApi postings;
    private final LedgerApi ledger;

    GeneratedClients(Stack stack) {
        String token = new Tokens(new KeyPairFolder(stack.keysFolder()))
                .sign(Role.GATEWAY, Role.GATEWAY.groupName(), Duration.ofMinutes(5));
        Consumer<HttpRequest.Builder> asGateway = request -> request.header("Authorization", "Bearer " + token);
        credits.setPort(stack.ports().of(Service.CREDITS_SERVICE)).setRequestInterceptor(asGateway);
        sessions.setPort(stack.ports().of(Service.SESSION_SERVICE)).setRequestInterceptor(asGateway);
        accounts = new AccountsApi(credits);
        postings = new PostingsApi(credits);
        ledger = new LedgerApi(credits);
    }

    void openChargeAndRead() throws ApiException {
        // Given
        OffsetDateTime end = OffsetDateTime.of(2126, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        AccountDetails opened = accounts.openAccount(
                ACCOUNT, new OpenRequest().addGrantsItem(grant(GrantKind.PURCHASED, "15.000001")), null, null, null);
        assertThat(opened.getStatus()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(opened.getGrants()).singleElement().satisfies(grant -> {
            assertThat(grant.getRemaining()).isEqualByComparingTo("15.000001");
            assertThat(grant.getExpiresAt()).isNull();
        });
        EntryView granted = postings.grantCredits(
                ACCOUNT, "welcome", grant(GrantKind.PROMO, "1").expiresAt(end), null, null, null);
        assertThat(granted.getParts()).singleElement().satisfies(part -> assertThat(part.getExpiresAt())
                .isEqualTo(end));

        // When
        EntryView charged = postings.chargeCredits(ACCOUNT, KEY, searches(1), end, null, null);

        // Then
        assertThat(charged.getType()).isEqualTo(EntryType.CHARGED);
        assertThat(charged.getAmount()).isEqualByComparingTo("-10");
        assertThat(charged.getUnits()).isEqualTo(1);
        assertThat(accounts.getBalance(ACCOUNT, null).getAvailable()).isEqualByComparingTo("6.000001");
        assertThat(postings.chargeCredits(ACCOUNT, KEY, searches(1), null, null, null))
                .as("sent again")
                .isEqualTo(charged);
        assertThat(new OperationsApi(credits).getOperation(ACCOUNT, KEY, null))
                .isEqualTo(new OperationView().state(OperationState.DONE).entry(charged));
        LedgerPage newest = ledger.listLedger(ACCOUNT, null, 1, null, null);
        assertThat(newest.getItems()).containsExactly(charged);
        assertThat(ledger.listLedger(ACCOUNT, newest.getNextCursor(), 1, null, null)
                        .getItems())
                .containsExactly(granted);
    }

    void beRefused() throws IOException {
        // When
        Problem noKey = refusal("not a key", 1, null);
        Problem poor = refusal("poor", 2, null);
        Problem late = refusal("late", 1, OffsetDateTime.of(2001, 1, 1, 0, 0, 1, 0, ZoneOffset.UTC));

        // Then
        assertThat(noKey.getStatus()).isEqualTo(400);
        assertThat(noKey.getType()).isEqualTo("urn:drawdown:problem:idempotency-key-required");
        assertThat(poor.getStatus()).isEqualTo(402);
        assertThat(poor.getType()).isEqualTo("urn:drawdown:problem:insufficient-credits");
        assertThat(poor.getCreditsRequired()).isEqualByComparingTo("20");
        assertThat(poor.getCreditsRemaining()).isEqualByComparingTo("6.000001");
        assertThat(poor.getCreditsHeld()).isEqualByComparingTo("0");
        assertThat(late.getStatus()).isEqualTo(503);
        assertThat(late.getType()).isEqualTo("urn:drawdown:problem:unavailable");
        assertThat(late.getServerTime()).isCloseTo(OffsetDateTime.now(ZoneOffset.UTC), within(5, ChronoUnit.MINUTES));
    }

    /** The problem with which a charge of {@code units} is refused. */
    private Problem refusal(String key, long units, @Nullable OffsetDateTime deadline) throws IOException {
        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> postings.chargeCredits(ACCOUNT, key, searches(units), deadline, null, null));
        Problem problem = credits.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        assertThat(problem.getStatus()).isEqualTo(refused.getCode());
        return problem;
    }

    void readTheSessionsOfTheReadme() throws io.drawdown.generated.sessions.ApiException {
        // When
        List<SessionView> listed =
                new SessionsApi(sessions).listSessions(null, null, 10, null).getItems();

        // Then: the session of the demo
        assertThat(listed)
                .filteredOn(session -> session.getReason() == EndReason.EXHAUSTED)
                .singleElement()
                .satisfies(session -> {
                    assertThat(session.getState()).isEqualTo(SessionState.ENDED);
                    assertThat(session.getUsedMillis()).isEqualTo(45_000);
                    assertThat(session.getCost()).isEqualByComparingTo("45");
                    assertThat(new SessionsApi(sessions).getSession(session.getId(), null))
                            .isEqualTo(session);
                });
    }

    private static ChargeRequest searches(long units) {
        return new ChargeRequest().meter("ai_search").units(units);
    }

    private static GrantRequest grant(GrantKind kind, String amount) {
        return new GrantRequest().kind(kind).amount(new BigDecimal(amount));
    }
}
