package io.muster.simulator.proxmox.handlers;

import java.util.Locale;

/** Addresses of guests, made from their numbers; the private ranges are nobody's. */
final class Addresses {
  private Addresses() {}

  static String ipv4(int vmid) {
    return "10.42." + (vmid >> 8 & 0xff) + "." + (vmid & 0xff);
  }

  static String mac(int vmid) {
    return String.format(
        Locale.ROOT, "BC:24:11:%02X:%02X:%02X", vmid >> 16 & 0xff, vmid >> 8 & 0xff, vmid & 0xff);
  }
}
