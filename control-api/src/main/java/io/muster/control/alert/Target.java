package io.muster.control.alert;

import io.muster.control.caller.Caller;
import io.muster.control.caller.Sight;
import io.muster.control.caller.TenantServer;
import io.muster.control.problem.Fields;
import io.muster.control.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to set a limit for, and may.
 *
 * @param server its name; null = every one
 */
record Target(Rule rule, Limit.Key key, @Nullable String server) {
  /** A tag, or one that only rules know, such as {@code group=} with a pool's path. */
  private static final Pattern TAG = Pattern.compile("[^;\\p{Cntrl}]{1,300}");

  /**
   * Rules know no tenants: what is not of one server touches everybody, so it is for those who look
   * after the installation.
   *
   * @param server UUID or {@code name:…}; null = every one
   * @throws ProblemException 400 for what the rule does not know, 403, 404
   */
  static Target read(
      Caller caller, Sight sight, String rule, @Nullable String server, @Nullable String tag) {
    Rule known = Rule.named(rule);
    Fields fields = new Fields();
    if (server != null && !known.judgesServers()) {
      fields.wrong("server", "must be absent: the rule judges no servers");
    }
    if (tag != null && !known.judgesServers()) {
      fields.wrong("tag", "must be absent: the rule judges no servers");
    } else if (tag != null && (tag.isBlank() || !TAG.matcher(tag).matches())) {
      fields.wrong("tag", "must be a tag");
    }
    fields.check();
    if (server == null && !caller.administersInstallation()) {
      throw ProblemException.forbidden(
          "What is not of one server counts for every tenant, so only admins of the installation"
              + " set it. Name a server.");
    }
    TenantServer one = server == null ? null : sight.require(server);
    return new Target(
        known,
        new Limit.Key(known.name(), one == null ? null : one.id(), tag),
        one == null ? null : one.name());
  }

  /** For people. */
  String text() {
    String whose = server == null ? "" : " of server " + server;
    return rule.name() + whose + (key.tag() == null ? "" : " with tag " + key.tag());
  }
}
