package io.drawdown.sessions.live;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Rate;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.funding.SingleFlightRenewal;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.protocol.Frame.Running;
import io.drawdown.sessions.protocol.PauseCause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells the client of a session what happens, over the connection that carries it now. Without one it tells nobody. */
final class ClientNotifier {

    private final SessionDocument document;
    private final Rate rate;
    private @Nullable String token;
    private @Nullable ClientConnection client;
    private boolean saidLastMoment;
    private boolean saidPaused;
    private boolean saidReleased;
    private long warnedSeq;

    ClientNotifier(FundedStart start) {
        this.document = start.document();
        this.rate = start.hold().rate();
        this.token = start.resumeToken();
    }

    boolean isHeardBy(ClientConnection other) {
        return client == other;
    }

    boolean hasClient() {
        return client != null;
    }

    /** Its client named another token. */
    void forgetToken() {
        token = null;
    }

    /** The old connection, if any, is closed: another carries the session now. */
    void moveTo(ClientConnection next) {
        if (client != null && client != next) {
            client.finish(new Frame.Replaced(), EndReason.REPLACED);
        }
        client = next;
        saidLastMoment = false;
        saidPaused = false;
    }

    void lost() {
        client = null;
    }

    void greet(boolean resumes, Meter meter, AccountView money) {
        if (resumes) {
            say(new Frame.Resumed(running(meter, money)));
        } else {
            say(new Frame.Started(running(meter, money)));
        }
    }

    private Running running(Meter meter, AccountView money) {
        return new Running(
                document.id(),
                token,
                document.origin().accountId(),
                rate.kind(),
                Frame.Rate.of(rate),
                document.owner().epoch(),
                meter.usedMillis(),
                meter.fundedMillis(),
                money.balance(),
                money.available(),
                money.seq());
    }

    void balance(Meter meter, AccountView money) {
        say(new Frame.Balance(
                money.balance(),
                money.available(),
                money.burnPerSecond(),
                meter.usedMillis(),
                meter.fundedMillis(),
                money.seq()));
    }

    void warning(int level, AccountView money) {
        if (money.seq() > warnedSeq) {
            warnedSeq = money.seq();
            say(new Frame.Warning(level, money.balance(), money.armedBalance(), money.seq()));
        }
    }

    /** Nothing more is available. */
    void ending(Meter meter, AccountView money) {
        sayEnding(EndReason.EXHAUSTED, meter.left(), meter, money);
    }

    /** After that time the session has lasted as long as a session may. */
    void lastMoment(Duration left, Meter meter, AccountView money) {
        if (!saidLastMoment && client != null) {
            saidLastMoment = true;
            sayEnding(EndReason.MAXIMUM_DURATION, left, meter, money);
        }
    }

    void paused(PauseCause by, boolean isReleased, Duration left, Meter meter) {
        if (client != null && !(saidPaused && isReleased == saidReleased)) {
            saidPaused = true;
            saidReleased = isReleased;
            say(new Frame.Paused(by, isReleased, left.toMillis(), meter.usedMillis(), meter.fundedMillis()));
        }
    }

    /** It is served. Only a client that was told of a pause hears that it is over. */
    void served(Meter meter) {
        if (saidPaused) {
            saidPaused = false;
            say(new Frame.Continued(meter.usedMillis(), meter.fundedMillis()));
        }
    }

    void unfunded() {
        say(new Frame.Unfunded(SingleFlightRenewal.RETRY.toMillis()));
    }

    void extended(Meter meter, AccountView money) {
        say(new Frame.Extended(meter.fundedMillis(), money.balance(), money.available(), money.seq()));
    }

    void sendLast(LastWord word) {
        if (client != null) {
            client.finish(word.frame(), word.reason());
            client = null;
        }
    }

    private void sayEnding(EndReason reason, Duration left, Meter meter, AccountView money) {
        say(new Frame.Ending(
                reason, left.toMillis(), meter.fundedMillis(), money.balance(), money.available(), money.seq()));
    }

    private void say(Frame frame) {
        if (client != null) {
            client.send(frame);
        }
    }
}
