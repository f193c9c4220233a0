package io.muster.agent.poll;

import io.muster.agent.metrics.Origin;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.Server;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the poll loop is told.
 *
 * @param agentVersion for {@code agent_metrics.version}
 * @param interval of every server without its own; null = by platform
 */
public record PollSettings(String site, String agentVersion, @Nullable Duration interval) {
  /** Polls under way at once: more only wait for each other (500 targets: p50 20 ms, else 190). */
  public static final int MAX_CONCURRENT_POLLS = 48;

  /** Every node's pvestatd broadcasts each 10 s: asking faster only repeats values. */
  public static final Duration PROXMOX_INTERVAL = Duration.ofSeconds(10);

  /** metrics-server measures every 15 to 60 s. */
  public static final Duration KUBERNETES_INTERVAL = Duration.ofSeconds(30);

  /** OpenStack's services are many calls behind one Keystone and change slowly. */
  public static final Duration OPENSTACK_INTERVAL = Duration.ofSeconds(60);

  /** The identity columns of a server's rows. */
  Origin originOf(Server server) {
    return new Origin(site, server.kind(), server.entry().id(), server.entry().name());
  }

  public Duration intervalOf(Server server) {
    Duration own = server.entry().interval();
    if (own != null) {
      return own;
    }
    return interval != null ? interval : defaultInterval(server.kind());
  }

  private static Duration defaultInterval(ProviderKind kind) {
    return switch (kind) {
      case PROXMOX -> PROXMOX_INTERVAL;
      case KUBERNETES -> KUBERNETES_INTERVAL;
      case OPENSTACK -> OPENSTACK_INTERVAL;
    };
  }
}
