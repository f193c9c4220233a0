package io.muster.simulator.openstack.model;

import java.util.Map;

/** A size of machines. */
public record Flavor(
    String id, String name, int vcpus, int ramMb, int diskGb, Map<String, String> extraSpecs) {
  public Flavor {
    extraSpecs = Map.copyOf(extraSpecs);
  }
}
