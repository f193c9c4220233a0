package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.VmType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code /cluster/resources} that Muster uses, each list in the order of its ids. Zero
 * and absent values are as the platform gives them.
 */
record Resources(List<Node> nodes, List<Guest> guests, List<Storage> storages) {
  Resources {
    nodes = List.copyOf(nodes);
    guests = List.copyOf(guests);
    storages = List.copyOf(storages);
  }

  /**
   * @param status {@code online}, {@code offline} or {@code unknown}
   * @param haState HA's word for the node, such as {@code maintenance}
   */
  record Node(String name, String status, @Nullable String haState, Measures measures) {
    boolean online() {
      return status.equals("online");
    }
  }

  /**
   * @param id {@code qemu/101}
   * @param vmId {@code qemu:101}
   * @param status QEMU's own word where known
   */
  record Guest(
      String id,
      String vmId,
      VmType type,
      String node,
      String status,
      @Nullable String name,
      @Nullable String pool,
      @Nullable String lock,
      List<String> tags,
      @Nullable Boolean template,
      @Nullable Long hostMemoryBytes,
      Measures measures) {}

  /**
   * @param content such as {@code backup,iso}
   */
  record Storage(
      String node,
      String name,
      String status,
      boolean shared,
      @Nullable String kind,
      Set<String> content,
      @Nullable Long usedBytes,
      @Nullable Long totalBytes) {}

  static Resources read(JsonNode data) throws MalformedAnswerException {
    List<Node> nodes = new ArrayList<>();
    List<Guest> guests = new ArrayList<>();
    List<Storage> storages = new ArrayList<>();
    for (JsonNode row : Json.rows(data)) {
      switch (Objects.requireNonNullElse(Json.text(row, "type"), "")) {
        case "node" -> nodes.add(node(row));
        case "qemu" -> guests.add(guest(row, VmType.QEMU));
        case "lxc" -> guests.add(guest(row, VmType.LXC));
        case "storage" -> storages.add(storage(row));
        default -> {
          // pool, sdn, network and what later versions add
        }
      }
    }
    if (nodes.isEmpty()) {
      throw new MalformedAnswerException("it lists no node at all");
    }
    return new Resources(
        sorted(nodes, Node::name),
        sorted(guests, Guest::id),
        sorted(storages, row -> row.name() + "/" + row.node()));
  }

  Set<String> nodeNames() {
    return nodes.stream().map(Node::name).collect(Collectors.toSet());
  }

  List<String> onlineNodes() {
    return nodes.stream().filter(Node::online).map(Node::name).toList();
  }

  private static <T> List<T> sorted(List<T> rows, Function<T, String> key) {
    return rows.stream().sorted(Comparator.comparing(key)).toList();
  }

  private static Node node(JsonNode row) throws MalformedAnswerException {
    Measures measures = new Measures();
    measures.set(Metric.CPU_CURRENT, Json.number(row, "cpu"));
    measures.set(Metric.CPU_MAX, Json.number(row, "maxcpu"));
    measures.set(Metric.MEM_USED, Json.number(row, "mem"));
    measures.set(Metric.MEM_TOTAL, Json.number(row, "maxmem"));
    measures.set(Metric.DISK_USED, Json.number(row, "disk"));
    measures.set(Metric.DISK_TOTAL, Json.number(row, "maxdisk"));
    measures.set(Metric.UPTIME, Json.number(row, "uptime"));
    return new Node(Json.required(row, "node"), status(row), Json.text(row, "hastate"), measures);
  }

  private static Guest guest(JsonNode row, VmType type) throws MalformedAnswerException {
    Measures measures = new Measures();
    measures.set(Metric.CPU_MAX, Json.number(row, "maxcpu"));
    measures.set(Metric.MEM_TOTAL, Json.number(row, "maxmem"));
    measures.set(Metric.DISK_TOTAL, Json.number(row, "maxdisk"));
    measures.set(Metric.UPTIME, Json.number(row, "uptime"));
    if (measures.get(Metric.UPTIME) > 0) {
      measures.set(Metric.CPU_CURRENT, Json.number(row, "cpu"));
      measures.set(Metric.MEM_USED, Json.number(row, "mem"));
      measures.set(Metric.DISK_USED, Json.number(row, "disk"));
      measures.set(Metric.DISK_READ, Json.number(row, "diskread"));
      measures.set(Metric.DISK_WRITE, Json.number(row, "diskwrite"));
      measures.set(Metric.NET_IN, Json.number(row, "netin"));
      measures.set(Metric.NET_OUT, Json.number(row, "netout"));
    }
    String kind = type.label();
    String vmid = Json.required(row, "vmid");
    Long hostMemory = type == VmType.QEMU ? Json.whole(row, "memhost") : null;
    return new Guest(
        kind + "/" + vmid,
        kind + ":" + vmid,
        type,
        Json.required(row, "node"),
        status(row),
        Json.text(row, "name"),
        Json.text(row, "pool"),
        Json.text(row, "lock"),
        words(Json.text(row, "tags"), "[;, ]+"),
        Json.flag(row, "template"),
        hostMemory == null || hostMemory <= 0 ? null : hostMemory,
        measures);
  }

  private static Storage storage(JsonNode row) throws MalformedAnswerException {
    return new Storage(
        Json.required(row, "node"),
        Json.required(row, "storage"),
        status(row),
        Boolean.TRUE.equals(Json.flag(row, "shared")),
        Json.text(row, "plugintype"),
        Set.copyOf(words(Json.text(row, "content"), ",")),
        Json.whole(row, "disk"),
        Json.whole(row, "maxdisk"));
  }

  private static String status(JsonNode row) {
    return Objects.requireNonNullElse(Json.text(row, "status"), "unknown");
  }

  private static List<String> words(@Nullable String text, String separator) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(separator, -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .distinct()
            .toList();
  }
}
