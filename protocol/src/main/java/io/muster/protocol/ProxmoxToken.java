package io.muster.protocol;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An API token of Proxmox VE.
 *
 * @param id {@code user@realm!tokenid}
 * @param secret the UUID that Proxmox showed once
 */
public record ProxmoxToken(String id, Secret secret) {
  public static final Pattern ID =
      Pattern.compile("[^\\s:/@!]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z][A-Za-z0-9._-]*");

  public ProxmoxToken {
    Objects.requireNonNull(secret, "secret");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("tokenId must be user@realm!tokenid, but is '" + id + "'");
    }
  }
}
