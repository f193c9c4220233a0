package io.muster.protocol;

/** One entry of the inventory: something the agent polls. */
public sealed interface Server permits ProxmoxServer, KubernetesServer, OpenStackServer {
  ServerEntry entry();

  ProviderKind kind();
}
