package io.muster.simulator.proxmox.http;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.faults.Faults;
import io.muster.simulator.proxmox.schema.MethodSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a node takes a call to the member that must answer it. */
final class Forwarding {
  private final String node;
  private final Members members;
  private final Faults faults;
  private final Duration patience;

  /**
   * Forwarding from one node.
   *
   * @param patience how long it waits for a peer
   */
  Forwarding(String node, Members members, Faults faults, Duration patience) {
    this.node = node;
    this.members = members;
    this.faults = faults;
    this.patience = patience;
  }

  /**
   * Whether another node must answer; an exception when that node can't be reached. Blocks while
   * that node hangs.
   *
   * @param parameters in which {@code localhost} becomes the node's name
   */
  boolean isForwarded(MethodSchema method, String path, Map<String, List<String>> parameters)
      throws ApiException {
    String parameter = method.nodeParameter();
    List<String> named = parameter == null ? null : parameters.get(parameter);
    if (parameter == null || named == null) {
      return false;
    }
    String target = named.getFirst();
    if (target.equals("localhost")) {
      parameters.put(parameter, List.of(node));
      return false;
    }
    if (target.equals(node)) {
      return false;
    }
    if (!members.isMember(target)) {
      throw ApiException.of(
          500,
          "hostname lookup '"
              + target
              + "' failed - failed to get address info for: "
              + target
              + ": Name or service not known");
    }
    if (!members.isUp(target)) {
      throw ApiException.peer(595, "Connection refused");
    }
    faults.forward(target, path, patience);
    return true;
  }
}
