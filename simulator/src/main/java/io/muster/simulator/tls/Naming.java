package io.muster.simulator.tls;

import java.util.UUID;

/** How a platform names its authority and what that gives out. */
public enum Naming {
  PROXMOX(
      "pve-root-ca", "OU=PVE Cluster Node,O=Proxmox Virtual Environment,CN=", "cluster.example") {
    @Override
    String authoritySubject() {
      return "CN=Proxmox Virtual Environment,OU=" + UUID.randomUUID() + ",O=PVE Cluster Manager CA";
    }
  },
  KUBERNETES("ca", "O=system:nodes,CN=", "svc.cluster.local") {
    @Override
    String authoritySubject() {
      return "CN=kubernetes";
    }
  },
  OPENSTACK("ca", "O=OpenStack,CN=", "cloud.example") {
    @Override
    String authoritySubject() {
      return "O=OpenStack,CN=Simulated cloud CA";
    }
  };

  private final String file;
  private final String subject;
  private final String domain;

  Naming(String file, String subject, String domain) {
    this.file = file;
    this.subject = subject;
    this.domain = domain;
  }

  abstract String authoritySubject();

  /** Base name of the authority's files. */
  String file() {
    return file;
  }

  String subject(String node) {
    return subject + domainName(node);
  }

  String domainName(String node) {
    return node + "." + domain;
  }
}
