package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.GuestType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Picks out of a call's parameters those that belong into a configuration file. */
final class GuestParameters {
  /** So many of each numbered key are looked for; real limits differ by key, none is higher. */
  private static final int NUMBERED = 31;

  private static final List<String> NUMBERS =
      List.of(
          "cores",
          "sockets",
          "vcpus",
          "onboot",
          "protection",
          "template",
          "balloon",
          "numa",
          "tablet",
          "kvm",
          "acpi",
          "shares",
          "cpuunits",
          "unprivileged",
          "tty",
          "console");

  private static final List<String> COMMON =
      List.of(
          "cores",
          "memory",
          "onboot",
          "protection",
          "template",
          "description",
          "tags",
          "ostype",
          "startup",
          "arch",
          "cpuunits",
          "nameserver",
          "searchdomain",
          "hookscript");

  private static final List<String> OF_VMS =
      List.of(
          "name",
          "sockets",
          "vcpus",
          "agent",
          "balloon",
          "bios",
          "boot",
          "ciuser",
          "cipassword",
          "citype",
          "sshkeys",
          "cpu",
          "machine",
          "numa",
          "scsihw",
          "smbios1",
          "tablet",
          "vga",
          "args",
          "kvm",
          "acpi",
          "localtime",
          "efidisk0",
          "tpmstate0",
          "shares");

  private static final List<String> OF_CONTAINERS =
      List.of(
          "hostname",
          "swap",
          "rootfs",
          "unprivileged",
          "features",
          "timezone",
          "tty",
          "console",
          "cpulimit",
          "cmode");

  private GuestParameters() {}

  /** Key to value as the file keeps it: a number where the real one answers a number. */
  static Map<String, Object> of(Call call, GuestType type) {
    List<String> own = type == GuestType.QEMU ? OF_VMS : OF_CONTAINERS;
    List<String> numbered =
        type == GuestType.QEMU
            ? List.of(
                "scsi", "virtio", "ide", "sata", "net", "ipconfig", "serial", "hostpci", "usb")
            : List.of("mp", "net", "dev");
    Map<String, Object> config = new LinkedHashMap<>();
    Stream.of(
            COMMON.stream(),
            own.stream(),
            numbered.stream()
                .flatMap(key -> IntStream.range(0, NUMBERED).mapToObj(number -> key + number)))
        .flatMap(keys -> keys)
        .forEach(key -> {
          String value = call.text(key);
          if (value != null) {
            config.put(key, typed(type, key, value));
          }
        });
    return config;
  }

  private static Object typed(GuestType type, String key, String value) {
    boolean number =
        NUMBERS.contains(key)
            || (type == GuestType.LXC && (key.equals("memory") || key.equals("swap")));
    return number && value.matches("\\d{1,9}") ? (Object) Integer.valueOf(value) : value;
  }
}
