package io.drawdown.cli;

import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Role;
import io.drawdown.cli.tokens.Tokens;
import io.drawdown.contracts.AccountId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a token for the local stack. */
@Command(name = "token", description = "Print a token for the local stack.")
final class TokenCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ROLE", description = "user, gateway, operator or service.")
    private Role role = Role.USER;

    @Option(names = "--account", description = "The subject: the account of a user, or the name of any other client.")
    private @Nullable String account;

    @Option(
            names = "--ttl",
            defaultValue = "1h",
            description = "How long the token is valid, e.g. 30m (${DEFAULT-VALUE}).")
    private Duration life = Tokens.DEFAULT_LIFE;

    @Override
    public void run() {
        String subject = account;
        if (subject == null) {
            subject = role.groupName();
            if (role == Role.USER && spec != null) {
                throw new ParameterException(spec.commandLine(), "A user's token needs --account");
            }
        }
        if (role == Role.USER && spec != null && !AccountId.isValid(subject)) {
            throw new ParameterException(spec.commandLine(), "An account is " + AccountId.RULE);
        }
        Tokens tokens = new Tokens(new KeyPairFolder(Stack.ofThisProcess().keysFolder()));
        System.out.println(tokens.sign(role, subject, life));
    }
}
