package io.muster.simulator.proxmox.schema;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The named formats of parameters. A name that is not listed here lets everything pass. */
final class Formats {
  private static final String DNS_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
  private static final Pattern SEPARATOR = Pattern.compile("[\\s,;\\x00]+");

  private static final Map<String, Format> FORMATS =
      Map.ofEntries(
          Map.entry(
              "pve-vmid", format("[1-9][0-9]{2,8}", "value does not look like a valid VM ID")),
          Map.entry("pve-node", format(DNS_LABEL, "value does not look like a valid node name")),
          Map.entry(
              "dns-name",
              format(
                  "(?:" + DNS_LABEL + "\\.)*" + DNS_LABEL,
                  "value does not look like a valid DNS name")),
          Map.entry(
              "pve-configid", format("(?i)[a-z][a-z0-9_-]+", "invalid configuration ID '%s'")),
          Map.entry(
              "pve-storage-id",
              format(
                  "(?i)[a-z][a-z0-9\\-_.]*[a-z0-9]",
                  "storage ID '%s' contains illegal characters")),
          Map.entry(
              "pve-userid",
              format(
                  "[^\\s:/]+@[A-Za-z][A-Za-z0-9.\\-_]+",
                  "value '%s' does not look like a valid user name")),
          Map.entry(
              "pve-realm",
              format("[A-Za-z][A-Za-z0-9.\\-_]+", "value does not look like a valid realm")),
          Map.entry(
              "pve-roleid", format("[A-Za-z0-9.\\-_]+", "value '%s' contains invalid characters")),
          Map.entry(
              "pve-poolid",
              format(
                  "[A-Za-z0-9.\\-_]+(?:/[A-Za-z0-9.\\-_]+){0,2}",
                  "value does not look like a valid pool name")),
          Map.entry(
              "pve-volume-id",
              format("(?i)[a-z][a-z0-9\\-_.]*[a-z0-9]:.+", "unable to parse volume ID '%s'")),
          Map.entry(
              "pve-tag",
              format("(?i)[a-z0-9_][a-z0-9_\\-+.]*", "value does not look like a valid tag")),
          Map.entry(
              "CIDR",
              format("[0-9a-fA-F.:]+/\\d{1,3}", "value does not look like a valid CIDR network")),
          Map.entry(
              "urlencoded", format("[-%a-zA-Z0-9_.!~*'()]*", "value is not an urlencoded string")));

  private Formats() {}

  /** The text of what is wrong with the value, with Proxmox's last newline; null when fine. */
  static @Nullable String fault(String format, String value) {
    if (format.endsWith("-list")) {
      String single = format.substring(0, format.length() - "-list".length());
      for (String part : SEPARATOR.split(value, -1)) {
        String fault = part.isEmpty() ? null : fault(single, part);
        if (fault != null) {
          return fault;
        }
      }
      return null;
    }
    Format known = FORMATS.get(format);
    return known == null || known.pattern().matcher(value).matches()
        ? null
        : known.text().replace("%s", value) + "\n";
  }

  private static Format format(String regex, String text) {
    return new Format(Pattern.compile(regex), text);
  }

  private record Format(Pattern pattern, String text) {}
}
