package io.muster.simulator.openstack;

import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.Compute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cloud as the simulator knows it, whatever the API would tell. */
final class OpenStackState {
  private OpenStackState() {}

  static Map<String, Object> of(Cloud cloud) {
    List<Map<String, Object>> hosts = new ArrayList<>();
    for (Compute compute : cloud.computes()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", compute.host().name());
      row.put("id", compute.host().id());
      row.put("hung", compute.isHung());
      row.put("up", compute.isUp(cloud.now()));
      row.put("enabled", compute.isEnabled());
      hosts.add(row);
    }
    List<Map<String, Object>> servers = new ArrayList<>();
    for (Instance machine : cloud.instances()) {
      InstanceState state = machine.state();
      String host = state.host();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("id", machine.id());
      row.put("name", state.name());
      row.put("project", machine.spec().project());
      row.put("status", state.status());
      row.put("host", host == null ? "" : host);
      servers.add(row);
    }
    return Map.of("hosts", hosts, "servers", servers);
  }
}
