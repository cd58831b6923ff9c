package io.drawdown.sessions.config;

import java.net.URI;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads the address of a service: with its scheme and its host, so that it can be called. */
public final class HttpAddress implements Converter<URI> {

    private static final long serialVersionUID = 1L;

    @Override
    public URI convert(String text) {
        URI address = URI.create(text.strip());
        boolean isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!isHttp || address.getHost() == null) {
            throw new IllegalArgumentException("it must be an address such as http://localhost:8101");
        }
        return address;
    }
}
