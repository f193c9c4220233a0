package io.muster.protocol.link;

import java.time.Duration;

/** What both ends of the link keep to. */
public final class LinkProtocol {
  /** Of this build; goes up when a message changes its meaning, not when one is added. */
  public static final int VERSION = 1;

  /** Where an agent opens its WebSocket, below the control API's address. */
  public static final String PATH = "/api/v1/link";

  /** Starts every token of a site's agent. */
  public static final String TOKEN_PREFIX = "msa_";

  /** Short enough that a person sees a dead link soon, long enough to cost nothing. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** Three heart-beats: one may be lost with a reconnecting line, two may be late. */
  public static final Duration DEAD_AFTER = Duration.ofSeconds(30);

  /** The largest message: a server with a kubeconfig of 1 MiB, and all else that it has. */
  public static final int MAX_MESSAGE_CHARS = 2 << 20;

  /** An inventory goes in parts of about this much, so that no part is near the bound. */
  public static final int PART_CHARS = 256 << 10;

  /** A site of more servers needs more than one agent; it also bounds what parts may add up to. */
  public static final int MAX_SERVERS = 10_000;

  /** Changes in one message: about 200 kB. */
  public static final int MAX_CHANGES = 500;

  /** The longest text of an error that travels. */
  public static final int MAX_TEXT_CHARS = 2_000;

  /** Normal end: one side stops. */
  public static final int CLOSE_NORMAL = 1000;

  /** What came can't be read. */
  public static final int CLOSE_MALFORMED = 1007;

  /** What came is larger than agreed. */
  public static final int CLOSE_TOO_BIG = 1009;

  /** The control API refuses this agent; its {@link ControlMessage.Goodbye} says why. */
  public static final int CLOSE_REFUSED = 4000;

  private LinkProtocol() {}

  /**
   * Whether a control API of {@code own} serves an agent of {@code agent}: its own and one less.
   */
  public static boolean serves(int own, int agent) {
    return agent == own || (agent == own - 1 && agent >= 1);
  }

  /** A text fit to travel. */
  public static String shortened(String text) {
    return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS - 1) + "…";
  }
}
