package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.Handler;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Sampling;
import java.util.Map;

/** The list of all simulated methods. */
public final class ProxmoxHandlers {
  private ProxmoxHandlers() {}

  /** Method and path template, such as {@code GET /cluster/resources}, to what it does. */
  public static Map<String, Handler> of(Cluster cluster) {
    Sampling sampling = new Sampling(cluster);
    Routes routes = new Routes();
    new ResourceHandlers(cluster, sampling).addTo(routes);
    new ExportHandler(cluster, sampling).addTo(routes);
    new NodeHandlers(cluster, sampling).addTo(routes);
    new GuestStatusHandlers(cluster).addTo(routes);
    new TaskHandlers(cluster).addTo(routes);
    new PowerHandlers(cluster).addTo(routes);
    new ContainerPowerHandlers(cluster).addTo(routes);
    new SnapshotHandlers(cluster).addTo(routes);
    new ConfigHandlers(cluster).addTo(routes);
    new LifecycleHandlers(cluster).addTo(routes);
    new BackupHandlers(cluster).addTo(routes);
    new AgentHandlers(cluster).addTo(routes);
    new StorageHandlers(cluster).addTo(routes);
    new RrdHandlers(cluster, sampling).addTo(routes);
    new ClusterHandlers(cluster).addTo(routes);
    new HaHandlers(cluster).addTo(routes);
    new HardwareHandlers(cluster).addTo(routes);
    new PoolHandlers(cluster).addTo(routes);
    return routes.all();
  }
}
