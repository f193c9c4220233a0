package io.muster.simulator.proxmox.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.RunState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the guests of a demo world are like. */
final class DemoGuests {
  static final List<String> POOLS = List.of("production", "staging", "office");

  private static final List<String> ROLES =
      List.of(
          "web", "db", "cache", "queue", "mail", "dns", "build", "git", "wiki", "proxy", "files",
          "auth", "logs", "vpn", "print", "erp");

  private final long seed;

  DemoGuests(long seed) {
    this.seed = seed;
  }

  GuestType type(int vmid) {
    return Noise.unit(seed, vmid, 81) < 0.3 ? GuestType.LXC : GuestType.QEMU;
  }

  @Nullable String pool(int vmid) {
    int choice = Noise.below(POOLS.size() + 1, seed, vmid, 82);
    return choice == POOLS.size() ? null : POOLS.get(choice);
  }

  RunState state(int vmid, Map<String, Object> config) {
    if (config.containsKey("template")) {
      return RunState.STOPPED;
    }
    return Noise.unit(seed, vmid, 83) < 0.82 ? RunState.RUNNING : RunState.STOPPED;
  }

  Map<String, Object> config(int vmid, GuestType type) {
    Map<String, Object> config = new LinkedHashMap<>();
    String name = ROLES.get(Noise.below(ROLES.size(), seed, vmid, 84)) + "-" + vmid;
    int power = Noise.below(4, seed, vmid, 85);
    config.put("cores", 1 << power);
    config.put("memory", String.valueOf(1024 << power));
    config.put("onboot", 1);
    String pool = pool(vmid);
    if (Noise.unit(seed, vmid, 86) < 0.7) {
      config.put("tags", (pool == null ? "misc" : pool) + ";" + name.split("-", 2)[0]);
    }
    if (type == GuestType.QEMU) {
      vm(vmid, name, power, config);
    } else {
      container(vmid, name, power, config);
    }
    return config;
  }

  private void vm(int vmid, String name, int power, Map<String, Object> config) {
    // A VM need not have a name; few have none.
    if (Noise.unit(seed, vmid, 87) >= 0.06) {
      config.put("name", name);
    }
    config.put("sockets", 1);
    config.put("ostype", "l26");
    config.put("scsihw", "virtio-scsi-single");
    config.put("boot", "order=scsi0");
    config.put("scsi0", "local-lvm:vm-%d-disk-0,size=%dG".formatted(vmid, 16 << power));
    config.put(
        "net0",
        "virtio=BC:24:11:00:%02X:%02X,bridge=vmbr0".formatted(vmid >> 8 & 0xff, vmid & 0xff));
    config.put("smbios1", "uuid=00000000-0000-4000-8000-%012d".formatted(vmid));
    if (Noise.unit(seed, vmid, 88) < 0.8) {
      config.put("agent", "1");
    }
    if (Noise.unit(seed, vmid, 89) < 0.04) {
      config.put("template", 1);
    }
    if (Noise.unit(seed, vmid, 90) < 0.05) {
      config.put("protection", 1);
    }
  }

  private static void container(int vmid, String name, int power, Map<String, Object> config) {
    config.put("hostname", name);
    config.put("arch", "amd64");
    config.put("ostype", "debian");
    config.put("unprivileged", 1);
    config.put("rootfs", "local-lvm:vm-%d-disk-0,size=%dG".formatted(vmid, 8 << power));
    config.put("net0", "name=eth0,bridge=vmbr0,ip=dhcp,type=veth");
    config.replace("memory", 512 << power);
    config.put("swap", 512);
  }
}
