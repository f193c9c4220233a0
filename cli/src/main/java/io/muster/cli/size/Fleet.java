package io.muster.cli.size;

import io.muster.cli.text.UsageException;
import io.muster.cli.verb.Words;
import java.time.Duration;
import java.util.Locale;

/**
 * Servers of one platform that are polled equally often, with what is on them.
 *
 * @param vms guests, pods, instances: what has numbers
 * @param others what has a state and no numbers: deployments
 */
record Fleet(
    Platform platform, Duration interval, long servers, long nodes, long vms, long others) {
  /** Platforms with how often they are polled unless somebody says otherwise. */
  enum Platform {
    PROXMOX(Duration.ofSeconds(10), 3),
    KUBERNETES(Duration.ofSeconds(30), 0),
    OPENSTACK(Duration.ofSeconds(60), 0);

    private final Duration interval;
    private final int storagesOfANode;

    /**
     * @param storagesOfANode on average: one for the system, one for guests, a share; where a
     *     platform has a few for all nodes, they don't count
     */
    Platform(Duration interval, int storagesOfANode) {
      this.interval = interval;
      this.storagesOfANode = storagesOfANode;
    }

    Duration interval() {
      return interval;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Platform of(String label) {
      for (var platform : values()) {
        if (platform.label().equals(label)) {
          return platform;
        }
      }
      throw new UsageException(
          "There is no provider \"%s\": proxmox, kubernetes and openstack are known."
              .formatted(label));
    }
  }

  Fleet {
    if (interval.toSeconds() < 1 || Math.min(Math.min(servers, nodes), Math.min(vms, others)) < 0) {
      throw new UsageException("Amounts are 0 or more, and an interval is a second or more.");
    }
  }

  /** With another of the same kind. */
  Fleet and(Fleet other) {
    return new Fleet(
        platform,
        interval,
        servers + other.servers,
        nodes + other.nodes,
        vms + other.vms,
        others + other.others);
  }

  long storages() {
    return nodes * platform.storagesOfANode;
  }

  @Override
  public String toString() {
    return "%s: %s, %s, %s, every %d s"
        .formatted(
            platform.label(),
            Words.count(servers, "server"),
            Words.count(nodes, "node"),
            Words.count(vms, "VM"),
            interval.toSeconds());
  }
}
