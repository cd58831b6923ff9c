package io.drawdown.kit.runtime;

import java.util.Locale;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads {@code true} and {@code false} and refuses everything else. The platform's own converter takes a typing error
 * for false.
 */
public final class StrictBooleanConverter implements Converter<Boolean> {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean convert(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it must be true or false");
        };
    }
}
