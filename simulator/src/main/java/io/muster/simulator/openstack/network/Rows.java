package io.muster.simulator.openstack.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.world.Cloud;

/** What rows of all kinds have. */
record Rows(Cloud cloud) {
  /** Adds what every row has. */
  void common(ObjectNode row, String project, int revision) {
    row.putArray("tags");
    row.put("created_at", Nodes.seconds(cloud.begun()))
        .put("updated_at", Nodes.seconds(cloud.begun()))
        .put("revision_number", revision)
        .put("project_id", project);
  }

  /** The id of a project's one security group. */
  String securityGroup(String project) {
    return cloud.ids().uuid("security-group-" + project, 0);
  }
}
