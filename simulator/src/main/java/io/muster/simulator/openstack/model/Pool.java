package io.muster.simulator.openstack.model;

/**
 * Where volumes lie.
 *
 * @param host of the service that serves it, such as {@code storage-1@ceph}
 */
public record Pool(String host, String backend, int totalGb, int baseUsedGb) {
  public String name() {
    return host + "#" + backend;
  }
}
