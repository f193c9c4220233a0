package io.muster.control.crypto;

import io.muster.control.settings.ControlSettings;
import io.muster.protocol.Secret;
import java.io.IOException;

/** Where the installation's key comes from. */
public final class Keys {
  private Keys() {}

  /** The key that the settings give; made at the first start. */
  public static MasterKey of(ControlSettings settings) throws IOException {
    Secret given = settings.key();
    if (given == null) {
      return KeyFile.readOrMake(settings.keyFile());
    }
    try {
      return MasterKey.of(given.reveal());
    } catch (IllegalArgumentException e) {
      throw new IOException("MUSTER_KEY is no key: " + e.getMessage(), e);
    }
  }
}
