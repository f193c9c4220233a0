package io.muster.agent.proxmox;

import static io.muster.agent.proxmox.ApiClient.data;

import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxToken;
import java.time.Duration;

/** What the token is and may, and what it talks to. */
final class AccessCalls {
  static final Duration PRIVILEGES = Duration.ofMinutes(10);

  static final Duration VERSION = Duration.ofMinutes(10);

  static final Duration FINGERPRINTS = Duration.ofMinutes(10);

  static final Duration TOKEN = Duration.ofHours(1);

  static final String PRIVILEGES_KEY = "privileges";

  static final String FINGERPRINTS_KEY = "fingerprints";

  private final ProxmoxToken token;
  private final Members members;
  private final NodeRoutes routes;
  private final SlowFacts facts;

  AccessCalls(ProxmoxToken token, Members members, NodeRoutes routes, SlowFacts facts) {
    this.token = token;
    this.members = members;
    this.routes = routes;
    this.facts = facts;
  }

  SlowCall privileges() {
    return new SlowCall(
        PRIVILEGES_KEY,
        PRIVILEGES,
        "privileges of the token",
        cycle -> {
          Privileges read = atEntry(cycle, "/access/permissions", Privileges::read);
          return () -> {
            facts.privileges = read;
            facts.privilegesOutdated = false;
          };
        });
  }

  SlowCall version() {
    return new SlowCall(
        "version",
        VERSION,
        "version",
        cycle -> {
          Release read = atEntry(cycle, "/version", Release::read);
          return () -> facts.release = read;
        });
  }

  SlowCall fingerprints() {
    return new SlowCall(
        FINGERPRINTS_KEY,
        FINGERPRINTS,
        "fingerprints of the nodes' certificates",
        cycle -> {
          var read = atEntry(cycle, "/nodes", NodeReader::fingerprints);
          return () -> routes.learn(read, cycle.now());
        });
  }

  SlowCall tokenExpiry() {
    int bang = token.id().indexOf('!');
    String path = "/access/users/" + SlowCalls.encode(token.id().substring(0, bang));
    String name = token.id().substring(bang + 1);
    return new SlowCall(
        "token",
        TOKEN,
        "expiry of the token",
        cycle -> {
          try {
            TokenExpiry read = atEntry(cycle, path, data -> TokenExpiry.read(data, name));
            return () -> facts.tokenExpiry = read;
          } catch (CallException e) {
            if (e.failure() != Failure.FORBIDDEN) {
              throw e;
            }
            // Monitoring misses nothing without it; a check says that it is not known.
            return () -> facts.tokenExpiry = null;
          }
        });
  }

  private <T> T atEntry(Cycle cycle, String path, ApiClient.DataReader<T> reader)
      throws CallException {
    return members.askSlowly(cycle, path, data(reader)).value();
  }
}
