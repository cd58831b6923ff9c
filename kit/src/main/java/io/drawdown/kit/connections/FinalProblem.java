package io.drawdown.kit.connections;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.ServerClock;
import io.drawdown.kit.deadline.RequestDeadline;
import io.drawdown.kit.problem.AnswerHeaders;
import io.drawdown.kit.problem.Problem;
import io.drawdown.kit.problem.RequestIds;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.UUID;

/** A problem as the last answer on a connection. */
final class FinalProblem {

    private FinalProblem() {}

    static FullHttpResponse of(ProblemType type) {
        String id = UUID.randomUUID().toString();
        byte[] body = Problem.body(type, id);
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(type.status()), Unpooled.wrappedBuffer(body));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(RequestIds.HEADER, id);
        AnswerHeaders.configured().forEach(answer.headers()::set);
        if (type.isRetryable()) {
            answer.headers().set(HttpHeaderNames.RETRY_AFTER, Problem.RETRY_AFTER_SECONDS);
        }
        RequestDeadline.serverTime().ifPresent(time -> answer.headers().set(ServerClock.SERVER_TIME, time));
        return answer;
    }
}
