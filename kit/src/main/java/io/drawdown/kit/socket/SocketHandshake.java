package io.drawdown.kit.socket;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemAnswers;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a handshake before the framework sees it, and answers with a problem if it cannot become a socket. The framework
 * would accept any header inside a sub-protocol, even {@code Origin}, and fails on a malformed one.
 */
public final class SocketHandshake {

    private static final int BEFORE_SUB_PROTOCOLS_ARE_READ = 8_500;
    private static final String UPGRADE = "websocket";
    private static final String VERSION_HEADER = "Sec-WebSocket-Version";
    private static final String VERSION = "13";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");
    private static final String CARRIER_NAME = "quarkus-http-upgrade";
    private static final Pattern CARRIER =
            Pattern.compile(CARRIER_NAME + "#[Aa]uthorization#Bearer%20[A-Za-z0-9._-]{1,8192}");
    private static final Pattern SUB_PROTOCOL = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_SUB_PROTOCOLS = 16;

    private final String path;
    private final String instead;
    private final List<String> allowedOrigins;
    private final ProblemAnswers answers;

    /**
     * @param path of the socket
     * @param instead what a client that wants no socket may do
     * @param allowedOrigins the web origins whose pages may open it, or {@code *}
     */
    public SocketHandshake(String path, String instead, List<String> allowedOrigins, ProblemAnswers answers) {
        this.path = path;
        this.instead = instead;
        this.allowedOrigins = allowedOrigins;
        this.answers = answers;
    }

    /** Looks at every request from now on. */
    public void register(Filters filters) {
        filters.register(this::look, BEFORE_SUB_PROTOCOLS_ARE_READ);
    }

    private void look(RoutingContext request) {
        HttpServerRequest http = request.request();
        if (!areSubProtocolsSane(http)) {
            refuse(
                    request,
                    "Sec-WebSocket-Protocol offers drawdown.v1 and at most one " + CARRIER_NAME
                            + "#Authorization#Bearer%20<token>, which no Authorization header accompanies");
        } else if (request.normalizedPath().equals(path)) {
            lookAtHandshake(request, http);
        } else {
            request.next();
        }
    }

    private void lookAtHandshake(RoutingContext request, HttpServerRequest http) {
        if (!http.method().equals(HttpMethod.GET)) {
            request.response().putHeader(HttpHeaders.ALLOW, HttpMethod.GET.name());
            answers.end(request, ProblemType.METHOD_NOT_ALLOWED);
        } else if (!UPGRADE.equalsIgnoreCase(http.getHeader(HttpHeaders.UPGRADE))
                || !VERSION.equals(http.getHeader(VERSION_HEADER))) {
            request.response()
                    .putHeader(HttpHeaders.UPGRADE, UPGRADE)
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                    .putHeader(VERSION_HEADER, VERSION);
            answers.end(
                    request,
                    ProblemType.UPGRADE_REQUIRED,
                    "Open a WebSocket here, version 13, sub-protocol drawdown.v1; " + instead);
        } else if (!isMatch(KEY, http.getHeader("Sec-WebSocket-Key"))) {
            refuse(request, "Sec-WebSocket-Key is 16 bytes in Base64");
        } else if (http.query() != null) {
            refuse(
                    request,
                    "The socket's address has no parameters; a token goes into Authorization, a sub-protocol"
                            + " or an authenticate frame");
        } else if (!isAllowed(http.getHeader(HttpHeaders.ORIGIN))) {
            answers.end(request, ProblemType.FORBIDDEN, "Pages of this origin may not open sockets here");
        } else {
            request.next();
        }
    }

    private boolean isAllowed(@Nullable String origin) {
        return origin == null || allowedOrigins.contains(origin) || allowedOrigins.contains("*");
    }

    private static boolean areSubProtocolsSane(HttpServerRequest http) {
        List<String> offered = http.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(String::strip)
                .toList();
        long carriers =
                offered.stream().filter(each -> each.contains(CARRIER_NAME)).count();
        long tokens =
                carriers + http.headers().getAll(HttpHeaders.AUTHORIZATION).size();
        return offered.size() <= MOST_SUB_PROTOCOLS
                && (carriers == 0 || (tokens == 1 && offered.size() > 1))
                && offered.stream()
                        .allMatch(each ->
                                each.contains(CARRIER_NAME) ? isMatch(CARRIER, each) : isMatch(SUB_PROTOCOL, each));
    }

    private static boolean isMatch(Pattern form, @Nullable String value) {
        return value != null && form.matcher(value).matches();
    }

    private void refuse(RoutingContext request, String detail) {
        answers.end(request, ProblemType.INVALID_REQUEST, detail);
    }
}
