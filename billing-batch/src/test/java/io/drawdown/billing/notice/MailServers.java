package io.drawdown.billing.notice;

import io.drawdown.embedded.mail.EmbeddedMail;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real mail server, and faults before it. */
public final class MailServers implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedMail mail;
    private @Nullable FaultySmtp faulty;
    private @Nullable Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("drawdown-mail-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mail = EmbeddedMail.start(folder, 0);
        faulty = new FaultySmtp(mail.port());
        return Map.of(
                "SMTP_HOST", "127.0.0.1",
                "SMTP_PORT", String.valueOf(faulty.port()),
                "SMTP_START_TLS", "DISABLED",
                "quarkus.mailer.keep-alive", "false");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                folder, field -> field.getType() == Path.class && !Modifier.isStatic(field.getModifiers()));
        injector.injectIntoFields(faulty, new TestInjector.MatchesType(FaultySmtp.class));
    }

    @Override
    public void stop() {
        if (faulty != null) {
            faulty.close();
        }
        if (mail != null) {
            mail.close();
        }
    }
}
