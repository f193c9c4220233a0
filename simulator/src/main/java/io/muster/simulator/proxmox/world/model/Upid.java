package io.muster.simulator.proxmox.world.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Name of a task.
 *
 * @param pstart start of the process in clock ticks since boot
 * @param startSeconds epoch seconds
 * @param id what it is about, often a guest's number; may be empty
 * @param identity user, with {@code !token} when a token called
 */
public record Upid(
    String node, int pid, long pstart, long startSeconds, String type, String id, String identity) {
  private static final Pattern FORM =
      Pattern.compile(
          "UPID:([a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9})"
              + ":([0-9A-Fa-f]{8}):([^:\\s/]+):([^:\\s/]*):([^:\\s/]+):");

  /** The parts of a name, or null when it is none. */
  public static @Nullable Upid parse(String text) {
    Matcher m = FORM.matcher(text);
    return m.matches()
        ? new Upid(
            m.group(1),
            Integer.parseUnsignedInt(m.group(2), 16),
            Long.parseLong(m.group(3), 16),
            Long.parseLong(m.group(4), 16),
            m.group(5),
            m.group(6),
            m.group(7))
        : null;
  }

  public String user() {
    int mark = identity.indexOf('!');
    return mark < 0 ? identity : identity.substring(0, mark);
  }

  public @Nullable String token() {
    int mark = identity.indexOf('!');
    return mark < 0 ? null : identity.substring(mark + 1);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "UPID:%s:%08X:%08X:%08X:%s:%s:%s:",
        node,
        pid,
        pstart,
        startSeconds,
        type,
        id,
        identity);
  }
}
