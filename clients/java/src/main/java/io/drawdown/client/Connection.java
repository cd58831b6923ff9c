package io.drawdown.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One socket. It tells its owner on the loop, and nothing any more once it is closed or dropped. The JDK answers pings. */
final class Connection implements WebSocket.Listener {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int MOST_CHARACTERS = 1 << 20;

    /** What becomes of a socket. */
    interface Owner {
        void opened();

        void text(String text);

        /** Something came that only a living peer sends. */
        void heard();

        /** Told once. */
        void closed(int code);
    }

    private final ClientLoop loop;
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<WebSocket> socket;
    private CompletableFuture<?> sent;
    private @Nullable Owner owner;

    Connection(URI address, String token, Duration within, ClientLoop loop, Owner owner) {
        this.loop = loop;
        this.owner = owner;
        this.socket = CLIENT.newWebSocketBuilder()
                .connectTimeout(within)
                .header("Authorization", "Bearer " + token)
                .buildAsync(address, this);
        this.sent = socket.handle(this::brokenBy);
    }

    /** Sends after what was sent before. What cannot be sent breaks the socket. */
    void send(String text) {
        sent = sent.thenCompose(before -> socket)
                .thenCompose(open -> open.sendText(text, true))
                .handle(this::brokenBy);
    }

    private boolean brokenBy(@Nullable WebSocket done, @Nullable Throwable fault) {
        if (fault != null) {
            tellClosed(CloseCodes.BROKEN);
        }
        return fault != null;
    }

    /** Closes it without a word to its owner. */
    void close(int code) {
        owner = null;
        var unused = socket.thenCompose(open -> open.sendClose(code, ""));
    }

    /** Gives it up without a word to its owner; the other side may be gone. */
    void drop() {
        owner = null;
        var unused = socket.thenAccept(WebSocket::abort);
    }

    @Override
    public void onOpen(WebSocket open) {
        loop.execute(() -> {
            if (owner != null) {
                owner.opened();
            }
        });
        open.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket open, CharSequence data, boolean last) {
        partial.append(data);
        if (partial.length() > MOST_CHARACTERS) {
            open.abort();
            tellClosed(CloseCodes.BROKEN);
        } else if (last) {
            String text = partial.toString();
            partial.setLength(0);
            loop.execute(() -> {
                if (owner != null) {
                    owner.text(text);
                }
            });
        }
        open.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket open, ByteBuffer message) {
        loop.execute(() -> {
            if (owner != null) {
                owner.heard();
            }
        });
        open.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket open, int code, String reason) {
        tellClosed(code);
        return null;
    }

    @Override
    public void onError(WebSocket open, Throwable error) {
        tellClosed(CloseCodes.BROKEN);
    }

    private void tellClosed(int code) {
        loop.execute(() -> {
            Owner told = owner;
            owner = null;
            if (told != null) {
                told.closed(code);
            }
        });
    }
}
