package io.drawdown.kit.time.stall;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Real sockets and event loops, held up while a clock of the test goes on. */
class StallTest {

    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final Duration LONG = LoopStallDetector.LONGEST_GAP.plusMillis(1);

    private final AtomicLong nanos = new AtomicLong();
    private final Map<EventLoop, LoopStallDetector> watches = new ConcurrentHashMap<>();
    private final List<String> executed = new CopyOnWriteArrayList<>();
    private final NioEventLoopGroup acceptor = new NioEventLoopGroup(1);
    private final NioEventLoopGroup worker = new NioEventLoopGroup(1);
    private boolean upgraded;
    private Channel listening;

    @BeforeEach
    void listen() {
        listening = new ServerBootstrap()
                .group(acceptor, worker)
                .channel(NioServerSocketChannel.class)
                .handler(new AcceptGuard(this::watch))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline().addLast(new ConnectionGuard(StallTest.this::watch));
                        if (upgraded) {
                            accepted.pipeline().addLast(new Unread());
                        }
                        accepted.pipeline().addLast(new Executing());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    @AfterEach
    void stop() {
        var unusedEnd = acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        var unusedToo = worker.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void requestThatWaitedInAnOpenConnectionIsNotExecuted() throws IOException {
        try (Socket client = connect()) {
            // Given
            execute(client, "a");
            CountDownLatch still = standStill(worker);

            // When
            send(client, "b");
            nanos.addAndGet(LONG.toNanos());
            still.countDown();

            // Then
            assertThat(isClosed(client)).isTrue();
            assertThat(executed).containsExactly("a");
        }
    }

    @Test
    void tickFindsTheStallToo() throws IOException {
        try (Socket client = connect()) {
            // Given
            execute(client, "a");
            CountDownLatch still = standStill(worker);
            EventLoop loop = worker.next();
            loop.execute(() -> watch(loop).look());

            // When
            send(client, "b");
            nanos.addAndGet(LONG.toNanos());
            still.countDown();

            // Then
            assertThat(isClosed(client)).isTrue();
            assertThat(executed).containsExactly("a");
        }
    }

    @Test
    void requestThatWaitedToBeAcceptedIsNotExecuted() throws IOException {
        // Given
        CountDownLatch still = standStill(acceptor);

        // When
        try (Socket one = connect();
                Socket other = connect()) {
            send(one, "a");
            send(other, "b");
            nanos.addAndGet(LONG.toNanos());
            still.countDown();

            // Then
            assertThat(isClosed(one)).isTrue();
            assertThat(isClosed(other)).isTrue();
            assertThat(executed).isEmpty();
        }
    }

    @Test
    void laterRequestIsServed() {
        // Given
        CountDownLatch still = standStill(acceptor);
        nanos.addAndGet(LONG.toNanos());
        still.countDown();

        // When
        Awaitility.await().until(() -> {
            try (Socket client = connect()) {
                send(client, "c");
                return client.getInputStream().read() == '.';
            } catch (SocketException closed) {
                return false;
            }
        });

        // Then
        assertThat(executed).containsExactly("c");
    }

    @Test
    void shortGapHasNoEffect() throws IOException {
        try (Socket client = connect()) {
            // Given
            execute(client, "a");
            CountDownLatch still = standStill(worker);

            // When
            send(client, "b");
            nanos.addAndGet(LoopStallDetector.LONGEST_GAP.toNanos());
            still.countDown();

            // Then
            assertThat(client.getInputStream().read()).isEqualTo('.');
            assertThat(executed).containsExactly("a", "b");
        }
    }

    @Test
    void openWebSocketStaysOpen() throws IOException {
        upgraded = true;
        try (Socket client = connect()) {
            // Given
            execute(client, "a");
            CountDownLatch still = standStill(worker);

            // When
            send(client, "b");
            nanos.addAndGet(LONG.toNanos());
            still.countDown();

            // Then
            assertThat(client.getInputStream().read()).isEqualTo('.');
            assertThat(executed).containsExactly("a", "b");
        }
    }

    private LoopStallDetector watch(EventLoop loop) {
        return watches.computeIfAbsent(loop, ignored -> new LoopStallDetector(nanos::get));
    }

    /** The loop does nothing until the latch is opened. */
    private static CountDownLatch standStill(NioEventLoopGroup group) {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch still = new CountDownLatch(1);
        group.next().execute(() -> {
            reached.countDown();
            await(still);
        });
        await(reached);
        return still;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Socket connect() throws IOException {
        InetSocketAddress address = (InetSocketAddress) listening.localAddress();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        return socket;
    }

    private static void send(Socket client, String request) throws IOException {
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static void execute(Socket client, String request) throws IOException {
        send(client, request);
        assertThat(client.getInputStream().read()).isEqualTo('.');
    }

    private static boolean isClosed(Socket client) throws IOException {
        try {
            return client.getInputStream().read() == -1;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Executes what it reads and answers with a dot. */
    private final class Executing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            executed.add(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
            var unused = context.writeAndFlush(context.alloc().buffer(1).writeByte('.'));
        }
    }

    /** A WebSocket's decoder that leaves the bytes as they are. */
    private static final class Unread extends WebSocket13FrameDecoder {
        Unread() {
            super(false, false, 1);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.fireChannelRead(ReferenceCountUtil.retain(message));
            ReferenceCountUtil.release(message);
        }
    }
}
