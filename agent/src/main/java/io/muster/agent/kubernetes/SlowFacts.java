package io.muster.agent.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.Deadline;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What hardly changes: who the cluster is, and what the account may not do. */
final class SlowFacts {
  /** Rights are changed by people: an hour later is soon enough. */
  private static final Duration PRIVILEGES_PERIOD = Duration.ofHours(1);

  private final ApiClient client;
  private final Scope scope;
  private final boolean kubelet;
  private volatile @Nullable ClusterIdentity identity;
  private volatile @Nullable Privileges privileges;
  private boolean hasAskedWho;
  private @Nullable Instant askedRights;

  SlowFacts(ApiClient client, Scope scope, boolean kubelet) {
    this.client = client;
    this.scope = scope;
    this.kubelet = kubelet;
  }

  /** Null = not read yet, or not to be read with this account. */
  @Nullable ClusterIdentity identity() {
    return identity;
  }

  /** Null = not asked yet. */
  @Nullable Privileges privileges() {
    return privileges;
  }

  /** Reads what is due; what can't be read now is due again. One thread at a time. */
  void refresh(Deadline deadline, CallCounter calls, Instant now) throws InterruptedException {
    introduce(deadline, calls, now);
    Instant last = askedRights;
    if (last == null || Duration.between(last, now).compareTo(PRIVILEGES_PERIOD) >= 0) {
      try {
        privileges = Privileges.ask(client, scope, kubelet, deadline, calls);
        askedRights = now;
      } catch (CallException e) {
        // Nothing is lost but a list that people look at: asked again at the next poll, unless it
        // is refused.
        askedRights = e.failure() == Failure.FORBIDDEN ? now : last;
      }
    }
  }

  /** Reads who the cluster is, once. */
  void introduce(Deadline deadline, CallCounter calls, Instant now) {
    if (hasAskedWho) {
      return;
    }
    try {
      JsonNode namespace =
          client.get(
              "/api/v1/namespaces/kube-system", reply -> Json.tree(reply.body()), deadline, calls);
      String uid = namespace.path("metadata").path("uid").asText("");
      identity = uid.isEmpty() ? null : new ClusterIdentity(uid, scope, now);
      hasAskedWho = true;
    } catch (CallException e) {
      hasAskedWho = e.failure() == Failure.FORBIDDEN || e.status() == CallException.NOT_FOUND;
    }
  }
}
