package io.muster.agent.proxmox;

import io.muster.agent.provider.Names;
import io.muster.agent.provider.Names.Kind;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of Proxmox that are made of names, taken apart and put together again. */
final class ObjectIds {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private static final Pattern UPID =
      Pattern.compile(
          "UPID:([^:]+):([0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}):([A-Za-z0-9_-]+):([^:]*):([^:]+):");

  private static final Pattern BACKUP =
      Pattern.compile(
          "vzdump-(?:qemu|lxc|openvz)-\\d+-\\d{4}_\\d{2}_\\d{2}-\\d{2}_\\d{2}_\\d{2}[a-z.]*"
              + "|(?:vm|ct)/\\d+/\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");

  /** Parts of ids that are Proxmox's own words. */
  private static final Set<String> WORDS =
      Set.of(
          "cluster", "quorum", "master", "lrm", "service", "fencing", "vm", "ct", "node", "qemu",
          "lxc", "storage", "pool", "sdn", "network", "zone", "vnet", "fabric");

  /** In ids of HA they come second: {@code service:vm:100}. */
  private static final Set<String> GUESTS = Set.of("vm", "ct");

  private ObjectIds() {}

  static String scrub(String id, Names names) {
    Kind next = Kind.TEXT;
    StringBuilder scrubbed = new StringBuilder();
    Matcher parts = Pattern.compile("[^/:]+|[/:]").matcher(id);
    while (parts.find()) {
      String part = parts.group();
      if (part.equals("/") || part.equals(":") || NUMBER.matcher(part).matches()) {
        scrubbed.append(part);
      } else if (WORDS.contains(part) && (isFirst(id, parts.start()) || GUESTS.contains(part))) {
        scrubbed.append(part);
        next = afterWord(part);
      } else {
        scrubbed.append(names.of(next, part));
        // storage/pve1/local, sdn/pve1/localnetwork: the node comes first
        next = id.startsWith("storage/") ? Kind.STORAGE : Kind.TEXT;
      }
    }
    return scrubbed.toString();
  }

  /** {@code pool/…} and {@code /pool/…} both occur. */
  private static boolean isFirst(String id, int start) {
    return start == (id.startsWith("/") ? 1 : 0);
  }

  private static Kind afterWord(String word) {
    return switch (word) {
      case "pool" -> Kind.GROUP;
      case "node", "storage", "sdn", "network", "lrm", "master" -> Kind.NODE;
      default -> Kind.TEXT;
    };
  }

  static String scrubGrantPath(String path, Names names) {
    String[] parts = path.split("/", -1);
    if (parts.length < 3 || !parts[0].isEmpty()) {
      return path.equals("/") || Sentences.isKnown(path.substring(1))
          ? path
          : names.of(Kind.TEXT, path);
    }
    Kind kind =
        switch (parts[1]) {
          case "nodes" -> Kind.NODE;
          case "storage" -> Kind.STORAGE;
          case "pool" -> Kind.GROUP;
          default -> Kind.TEXT;
        };
    StringBuilder scrubbed = new StringBuilder();
    for (int i = 1; i < parts.length; i++) {
      boolean own = i == 1 && Sentences.isKnown(parts[1]);
      scrubbed.append('/');
      scrubbed.append(
          own || parts[i].isEmpty() || NUMBER.matcher(parts[i]).matches()
              ? parts[i]
              : names.of(i == 1 ? Kind.TEXT : kind, parts[i]));
    }
    return scrubbed.toString();
  }

  static String scrubVolume(String volume, Names names) {
    int colon = volume.indexOf(':');
    if (colon <= 0) {
      return names.of(Kind.TEXT, volume);
    }
    String rest = volume.substring(colon + 1);
    String backup = rest.startsWith("backup/") ? rest.substring("backup/".length()) : "";
    return names.of(Kind.STORAGE, volume.substring(0, colon))
        + ":"
        + (BACKUP.matcher(backup).matches() ? rest : names.of(Kind.TEXT, rest));
  }

  static String scrubUpid(String upid, Names names) {
    Matcher parts = UPID.matcher(upid);
    if (!parts.matches()) {
      return names.of(Kind.TEXT, upid);
    }
    String subject = parts.group(4);
    return "UPID:"
        + names.of(Kind.NODE, parts.group(1))
        + ":"
        + parts.group(2)
        + ":"
        + TextKind.WORD.scrub(parts.group(3), names)
        + ":"
        + (subject.isEmpty() ? "" : scrubSubject(subject, names))
        + ":"
        + TextKind.USER.scrub(parts.group(5), names)
        + ":";
  }

  static String scrubSubject(String subject, Names names) {
    if (NUMBER.matcher(subject).matches()) {
      return subject;
    }
    String known = names.known(subject);
    return known == null ? names.of(Kind.TEXT, subject) : known;
  }
}
