package io.muster.simulator.proxmox.http;

/** What a node's API process needs to know about the members of its cluster. */
public interface Members {
  boolean isMember(String node);

  /** Whether the other members can reach the node. */
  boolean isUp(String node);
}
