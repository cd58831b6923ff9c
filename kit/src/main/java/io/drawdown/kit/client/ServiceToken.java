package io.drawdown.kit.client;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** The token with which this service calls others: in a file, read again when the file changes. */
final class ServiceToken implements ClientRequestFilter {

    private final Path file;
    private volatile @Nullable Read latest;

    ServiceToken(Path file) {
        this.file = file;
    }

    @Override
    public void filter(ClientRequestContext request) throws IOException {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + current());
    }

    String current() throws IOException {
        FileTime changed = Files.getLastModifiedTime(file);
        Read known = latest;
        if (known == null || !known.changed.equals(changed)) {
            known = new Read(changed, Files.readString(file).strip());
            latest = known;
        }
        return known.token;
    }

    private record Read(FileTime changed, String token) {}
}
