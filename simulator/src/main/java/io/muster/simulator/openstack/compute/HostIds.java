package io.muster.simulator.openstack.compute;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What Nova shows of a host to who may not know its name: the same host, the same text. */
final class HostIds {
  private HostIds() {}

  /** Empty without a host. */
  static String of(String project, @Nullable String host) {
    if (host == null) {
      return "";
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-224")
              .digest((project + host).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-224", e);
    }
  }
}
