package io.muster.agent.openstack;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version of Nova's API, such as 2.87. */
record Microversion(int major, int minor) implements Comparable<Microversion> {
  /** Diagnostics as libvirt counts them; later ones round memory to GiB. */
  static final Microversion DIAGNOSTICS = new Microversion(2, 1);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,4})");
  private static final Comparator<Microversion> ORDER =
      Comparator.comparingInt(Microversion::major).thenComparingInt(Microversion::minor);

  /** Null = it is none. */
  static @Nullable Microversion parse(@Nullable String text) {
    Matcher matcher = TEXT.matcher(text == null ? "" : text);
    return matcher.matches()
        ? new Microversion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : null;
  }

  /** As the header {@code OpenStack-API-Version} wants it. */
  String header() {
    return "compute " + this;
  }

  @Override
  public int compareTo(Microversion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
