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

  private static final Pattern UUID_TEXT =
      Pattern.compile("(?i)[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}");

  public ProxmoxToken {
    Objects.requireNonNull(secret, "secret");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "tokenId must be user@realm!tokenid, but is '" + withoutSecret(id) + "'");
    }
    if (secret.reveal().isBlank()) {
      throw new IllegalArgumentException("tokenSecret must not be empty");
    }
  }

  /** A token id fit to be shown, also when the secret was put into it by mistake. */
  public static String withoutSecret(String id) {
    int equals = id.indexOf('=');
    String start = equals < 0 ? id : id.substring(0, equals + 1) + "***";
    return UUID_TEXT.matcher(start).replaceAll("***");
  }
}
