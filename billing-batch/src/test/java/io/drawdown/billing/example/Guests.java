package io.drawdown.billing.example;

import jakarta.inject.Singleton;
import java.util.List;

/** Who is to be welcomed, in order. */
@Singleton
public final class Guests {

    List<String> after(String guest) {
        return List.of("ada", "bob", "cleo").stream()
                .filter(each -> each.compareTo(guest) > 0)
                .toList();
    }
}
