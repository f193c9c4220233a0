package io.muster.simulator.proxmox.world.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Backup files as {@code vzdump} names them. */
public final class Backups {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy_MM_dd-HH_mm_ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Compressed, a backup takes about this part of the disk. */
  private static final double SHARE = 0.3;

  private Backups() {}

  /** A backup in a shared storage. */
  public static Volume volume(Guest guest, long timeSeconds) {
    boolean vm = guest.type() == GuestType.QEMU;
    String format = vm ? "vma.zst" : "tar.zst";
    String path =
        "backup/vzdump-%s-%d-%s.%s"
            .formatted(
                guest.type().word(),
                guest.vmid(),
                STAMP.format(Instant.ofEpochSecond(timeSeconds)),
                format);
    String name = guest.config().name();
    return new Volume(
        path,
        null,
        "backup",
        format,
        (long) (guest.config().diskBytes() * SHARE),
        timeSeconds,
        guest.vmid(),
        guest.type(),
        name,
        false);
  }
}
