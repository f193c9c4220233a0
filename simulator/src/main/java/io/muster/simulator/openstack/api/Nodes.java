package io.muster.simulator.openstack.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON as the services write it. */
public final class Nodes {
  private static final DateTimeFormatter SECONDS = format("yyyy-MM-dd'T'HH:mm:ss'Z'");
  private static final DateTimeFormatter MICROS = format("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

  private Nodes() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** {@code {"rel": …, "href": …}}. */
  public static ObjectNode link(String rel, String href) {
    return object().put("rel", rel).put("href", href);
  }

  /** Such as {@code 2026-11-20T10:46:39Z}. */
  public static String seconds(Instant moment) {
    return SECONDS.format(moment);
  }

  /** Such as {@code 2026-11-20T10:46:48.000000}: whole seconds, as the databases keep them. */
  public static @Nullable String micros(@Nullable Instant moment) {
    return moment == null ? null : MICROS.format(moment.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Such as {@code 2026-11-20T11:47:37.000000Z}. */
  public static String microsUtc(Instant moment) {
    return MICROS.format(moment) + "Z";
  }
}
