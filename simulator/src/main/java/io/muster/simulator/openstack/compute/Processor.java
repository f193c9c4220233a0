package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.model.Host;

/** What libvirt says of a host's processors. */
final class Processor {
  private static final int THREADS = 2;
  private static final int SOCKETS = 2;

  private Processor() {}

  static ObjectNode info(Host host) {
    ObjectNode info =
        Nodes.object().put("arch", "x86_64").put("model", "EPYC-Milan").put("vendor", "AMD");
    info.putArray("features").add("pge").add("clflush").add("sse4.2");
    info.putObject("topology")
        .put("cores", host.vcpus() / THREADS / SOCKETS)
        .put("threads", THREADS)
        .put("sockets", SOCKETS);
    return info;
  }
}
