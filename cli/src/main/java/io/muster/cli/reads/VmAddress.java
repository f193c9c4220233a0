package io.muster.cli.reads;

import io.muster.cli.api.Call;
import io.muster.cli.servers.Servers;
import io.muster.cli.text.UsageException;

/**
 * A VM as people name it: {@code pve-1/qemu:101}.
 *
 * @param server its name or id
 * @param vm its id there
 */
public record VmAddress(String server, String vm) {
  /** No server's name has a slash. */
  public static VmAddress of(String text) {
    var slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1) {
      throw new UsageException(
          "\"%s\" names no VM: <server>/<id> is expected, such as pve-1/qemu:101. Which there are: muster vms list"
              .formatted(text));
    }
    return new VmAddress(text.substring(0, slash), text.substring(slash + 1));
  }

  String path() {
    return Servers.path(server) + "/vms/" + Call.part(vm);
  }
}
