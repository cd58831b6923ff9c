package io.drawdown.deploy.kubernetes.check;

import java.util.List;

/** Looks for mistakes of one sort. */
public interface Check {

    /** One sentence for each mistake; it names the object. */
    List<String> findings(Rendering rendering);
}
