package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Storage;
import io.muster.simulator.proxmox.world.model.Volume;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Volumes of new guests. */
final class Disks {
  /** {@code STORAGE:GIBIBYTES} asks for a new volume. */
  private static final Pattern NEW = Pattern.compile("([A-Za-z][\\w.-]*):(\\d{1,7})(,.*)?");

  private final Cluster cluster;

  Disks(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Replaces requests for new volumes by their names. */
  void allocate(Map<String, Object> config, int vmid) {
    Map<String, Object> named = new LinkedHashMap<>();
    int number = 0;
    for (Map.Entry<String, Object> entry : config.entrySet()) {
      Matcher asked = NEW.matcher(entry.getValue().toString());
      if (asked.matches() && cluster.facilities().storage(asked.group(1)) != null) {
        String options = asked.group(3) == null ? "" : asked.group(3);
        named.put(
            entry.getKey(),
            "%s:vm-%d-disk-%d%s,size=%sG"
                .formatted(asked.group(1), vmid, number++, options, asked.group(2)));
      }
    }
    config.putAll(named);
  }

  /** Lets the guest's volumes show in their storages. */
  void register(Guest guest) {
    guest
        .config()
        .disks()
        .forEach((key, value) -> {
          String[] parts = value.split(",", 2)[0].split(":", 2);
          Storage storage = cluster.facilities().storage(parts[0]);
          if (parts.length == 2 && storage != null) {
            storage.add(volume(guest, storage, parts[1]));
          }
        });
  }

  private Volume volume(Guest guest, Storage storage, String path) {
    return new Volume(
        path,
        storage.isShared() ? null : guest.node(),
        guest.type() == GuestType.QEMU ? "images" : "rootdir",
        "raw",
        guest.config().diskBytes(),
        cluster.now() / 1000,
        guest.vmid(),
        guest.type(),
        null,
        false);
  }
}
