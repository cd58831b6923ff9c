package io.drawdown.kit.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A self-signed certificate of localhost, made for one test by the JDK's keytool.
 *
 * @param keyAndCertificate a file with both, in PEM
 * @param key a file with the private key
 * @param certificate a file with the certificate, which is also its own authority
 */
public record TestCertificate(Path keyAndCertificate, Path key, Path certificate) {

    private static final String PASSWORD = "changeit";

    /** @param name of the files, and of whom it was given to */
    public static TestCertificate in(Path folder, String name) {
        Path store = folder.resolve(name + ".p12");
        keytool(store, name);
        try (InputStream content = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(content, PASSWORD.toCharArray());
            String key =
                    pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
            String certificate = pem("CERTIFICATE", keys.getCertificate(name).getEncoded());
            return new TestCertificate(
                    Files.writeString(folder.resolve(name + ".pem"), key + certificate),
                    Files.writeString(folder.resolve(name + ".key"), key),
                    Files.writeString(folder.resolve(name + ".crt"), certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String name) {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder command = new ProcessBuilder(
                        keytool.toString(), "-genkeypair", "-alias", name, "-keyalg", "RSA", "-keysize", "2048")
                .redirectErrorStream(true);
        command.command().addAll(List.of("-dname", "CN=" + name, "-validity", "2"));
        command.command().addAll(List.of("-ext", "SAN=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12"));
        command.command().addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        try {
            Process process = command.start();
            String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }
}
