package io.muster.simulator.proxmox.access;

/**
 * An API token.
 *
 * @param name without the user, such as {@code agent}
 * @param secret a UUID
 * @param separated whether it has only those of its user's rights that it was granted itself
 * @param expire epoch seconds, 0 = never
 */
public record ApiToken(
    String user, String name, String secret, boolean separated, long expire, String comment) {

  /** Such as {@code muster@pve!agent}. */
  public String id() {
    return user + "!" + name;
  }

  /** What a client sends as {@code Authorization}. */
  public String authorization() {
    return "PVEAPIToken=" + id() + "=" + secret;
  }

  ApiToken expiring(long epochSeconds) {
    return new ApiToken(user, name, secret, separated, epochSeconds, comment);
  }

  @Override
  public String toString() {
    return "ApiToken[" + id() + "]";
  }
}
