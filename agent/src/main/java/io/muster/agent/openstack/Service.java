package io.muster.agent.openstack;

import java.util.List;

/** A service of the cloud that is asked, by its types in Keystone's catalog. */
enum Service {
  COMPUTE("Nova", "compute"),
  PLACEMENT("Placement", "placement"),
  VOLUME("Cinder", "block-storage", "volumev3"),
  NETWORK("Neutron", "network"),
  IDENTITY("Keystone", "identity");

  private final String label;
  private final String type;
  private final String otherType;

  Service(String label, String type) {
    this(label, type, type);
  }

  Service(String label, String type, String otherType) {
    this.label = label;
    this.type = type;
    this.otherType = otherType;
  }

  String label() {
    return label;
  }

  /** The better one first. */
  List<String> types() {
    return List.of(type, otherType);
  }
}
