package io.muster.simulator.proxmox.world.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a cluster has for its guests: storages, pools, backup jobs. Guarded by the world's lock. */
public final class Facilities {
  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private final Map<String, Pool> pools = new TreeMap<>();
  private final List<Map<String, Object>> backupJobs = new ArrayList<>();

  /** A group of guests. */
  public record Pool(String id, String comment) {}

  public void addStorage(Storage storage) {
    storages.put(storage.id(), storage);
  }

  public @Nullable Storage storage(String id) {
    return storages.get(id);
  }

  public Collection<Storage> storages() {
    return Collections.unmodifiableCollection(storages.values());
  }

  /** A storage that must be there. */
  public Storage existing(String id) {
    Storage known = storages.get(id);
    if (known == null) {
      throw new IllegalArgumentException("The simulated cluster has no storage " + id);
    }
    return known;
  }

  public void addPool(Pool pool) {
    pools.put(pool.id(), pool);
  }

  public void removePool(String id) {
    pools.remove(id);
  }

  public @Nullable Pool pool(String id) {
    return pools.get(id);
  }

  public Collection<Pool> pools() {
    return Collections.unmodifiableCollection(pools.values());
  }

  public void addBackupJob(Map<String, Object> job) {
    backupJobs.add(Map.copyOf(job));
  }

  public List<Map<String, Object>> backupJobs() {
    return Collections.unmodifiableList(backupJobs);
  }
}
