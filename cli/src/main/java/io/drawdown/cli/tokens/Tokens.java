package io.drawdown.cli.tokens;

import io.drawdown.cli.files.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Signs the tokens (JWT, RS256) of the local stack. */
public final class Tokens {

    public static final Duration DEFAULT_LIFE = Duration.ofHours(1);

    private static final String ISSUER = "drawdown";
    private static final String AUDIENCE = "drawdown";
    private static final long RENEWED_AFTER_MINUTES = 15;

    private final PrivateKey key;

    public Tokens(KeyPairFolder keys) {
        this.key = keys.privateKey();
    }

    /**
     * A token of one role.
     *
     * @param subject the account of a user, else the client's name
     */
    public String sign(Role role, String subject, Duration life) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(subject);
        claims.setStringListClaim("groups", List.of(role.groupName()));
        claims.setGeneratedJwtId();
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(life.toMillis() / 60_000f);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "JWT");
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("The token cannot be signed", e);
        }
    }

    /**
     * Writes the tokens of services to their files now, and again long before they expire, until the returned executor is closed.
     *
     * @param files the file of each token, with the name of its service
     * @param problems gets a message each time a token could not be renewed; the previous token stays valid for a while
     */
    public ScheduledExecutorService keepServiceTokens(Map<Path, String> files, Consumer<String> problems) {
        files.forEach(this::writeServiceToken);
        ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("service-token").factory());
        var unused = renewals.scheduleAtFixedRate(
                () -> files.forEach((file, service) -> renew(file, service, problems)),
                RENEWED_AFTER_MINUTES,
                RENEWED_AFTER_MINUTES,
                TimeUnit.MINUTES);
        return renewals;
    }

    /** A failed renewal, as on a full disk, must not be the last one. */
    private void renew(Path file, String service, Consumer<String> problems) {
        try {
            writeServiceToken(file, service);
        } catch (UncheckedIOException e) {
            problems.accept(e.getMessage() + "; tried again in " + RENEWED_AFTER_MINUTES + " min");
        }
    }

    private void writeServiceToken(Path file, String service) {
        try {
            KeyPairFolder.write(file, sign(Role.SERVICE, service, DEFAULT_LIFE));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The service token cannot be written to " + file + ": " + FileFault.reasonOf(e), e);
        }
    }
}
