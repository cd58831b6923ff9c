package io.drawdown.deploy.kubernetes;

import io.drawdown.deploy.kubernetes.check.Addresses;
import io.drawdown.deploy.kubernetes.check.Check;
import io.drawdown.deploy.kubernetes.check.Environment;
import io.drawdown.deploy.kubernetes.check.Hardening;
import io.drawdown.deploy.kubernetes.check.Labels;
import io.drawdown.deploy.kubernetes.check.Ports;
import io.drawdown.deploy.kubernetes.check.References;
import io.drawdown.deploy.kubernetes.check.Routes;
import io.drawdown.deploy.kubernetes.check.Scaling;
import io.drawdown.deploy.kubernetes.check.Stops;
import io.drawdown.deploy.kubernetes.check.StrictFields;
import io.drawdown.deploy.kubernetes.check.Topics;
import io.drawdown.deploy.kubernetes.check.Traffic;

/** All checks. */
enum Checks {
    FIELDS(new StrictFields()),
    ENVIRONMENT(new Environment()),
    REFERENCES(new References()),
    PORTS(new Ports()),
    LABELS(new Labels()),
    ADDRESSES(new Addresses()),
    TRAFFIC(new Traffic()),
    TOPICS(new Topics()),
    SCALING(new Scaling()),
    ROUTES(new Routes()),
    STOPS(new Stops()),
    HARDENING(new Hardening());

    private final Check check;

    Checks(Check check) {
        this.check = check;
    }

    Check check() {
        return check;
    }
}
