package io.drawdown.kit.testing.portable;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;

/**
 * Hears every command that the driver sends and keeps what is not portable of it, or not fit for shards, until the test that is running fails for
 * it ({@link PortableExtension}). A service's tests have one as a bean, which makes Quarkus' client use it.
 */
public class PortableCommands implements CommandListener {

    private static final int LONGEST = 400;

    private final PortableSubset subset = PortableSubset.read();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        BsonDocument command = event.getCommand();
        List<String> violations = new ArrayList<>(subset.violations(command));
        violations.addAll(ShardKeys.violations(command));
        if (!violations.isEmpty()) {
            String text = command.toJson();
            PortableExtension.keep(violations + " in " + text.substring(0, Math.min(text.length(), LONGEST)));
        }
    }
}
