package io.drawdown.tasks.builtin;

import io.drawdown.kit.outbound.PublicAddress;
import io.drawdown.tasks.config.TaskConfig;
import io.drawdown.tasks.handler.PermanentFailure;
import io.drawdown.tasks.handler.TemporaryFailure;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that tasks may post to, by name. The name of a host is resolved once per attempt; the addresses are checked, and
 * the connection goes to the one that was checked, whatever the name means a moment later.
 */
final class Endpoints {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Map<String, URI> byName;
    private final boolean arePrivateAllowed;
    private final Resolver resolver;

    /** Finds the addresses of a host. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** @throws ConfigurationException if an address is none that can be posted to */
    Endpoints(TaskConfig.Http config, Resolver resolver) {
        this.byName = Map.copyOf(config.endpoints());
        this.arePrivateAllowed = config.privateAddresses();
        this.resolver = resolver;
        byName.forEach(Endpoints::requireAddress);
    }

    private static void requireAddress(String name, URI address) {
        boolean isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!isHttp || address.getHost() == null || address.getUserInfo() != null || address.getFragment() != null) {
            throw new ConfigurationException("drawdown.task.http.endpoints." + name + " is \"" + address
                    + "\": it must be an address such as https://example.org/hook");
        }
    }

    /**
     * How the endpoint is reached.
     *
     * @throws PermanentFailure if there is none of this name, or it is not public and must be
     * @throws TemporaryFailure if its host is not known now
     */
    RequestOptions reach(String name) {
        URI address = byName.get(name);
        if (address == null) {
            throw new PermanentFailure("there is no endpoint " + name);
        }
        boolean isSecure = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : isSecure ? HTTPS : HTTP;
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(isSecure)
                .setHost(address.getHost())
                .setPort(port)
                .setURI(pathOf(address))
                .setServer(SocketAddress.inetSocketAddress(
                        port, checked(name, address.getHost()).getHostAddress()))
                .setFollowRedirects(false);
    }

    private static String pathOf(URI address) {
        @Nullable String path = address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + query;
    }

    private InetAddress checked(String name, String host) {
        InetAddress[] addresses = resolved(name, host);
        Optional<InetAddress> inside = Stream.of(addresses)
                .filter(address -> !arePrivateAllowed && !PublicAddress.isPublic(address))
                .findFirst();
        if (inside.isPresent()) {
            throw new PermanentFailure("endpoint " + name + " is not on the public internet");
        }
        return addresses[0];
    }

    private InetAddress[] resolved(String name, String host) {
        try {
            return resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw new TemporaryFailure("the host of endpoint " + name + " is not known", e);
        }
    }
}
