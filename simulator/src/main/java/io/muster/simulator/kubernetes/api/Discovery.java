package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What there is, for clients that ask first. */
final class Discovery {
  private final String version;
  private final List<Served<?>> served;
  private final MetricsApi metrics;

  Discovery(String version, List<Served<?>> served, MetricsApi metrics) {
    this.version = version;
    this.served = List.copyOf(served);
    this.metrics = metrics;
  }

  /** What a path tells, or null when it is none of these. */
  @Nullable ObjectNode answer(String path) {
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return switch (plain) {
      case "/version" -> version();
      case "/api" -> oldest();
      case "/apis" -> groups();
      default -> plain.startsWith("/api") ? below(plain) : null;
    };
  }

  private ObjectNode version() {
    String[] parts = version.split("\\.", -1);
    return Json.object()
        .put("major", parts[0])
        .put("minor", parts[1])
        .put("gitVersion", "v" + version)
        .put("gitCommit", "0000000000000000000000000000000000000000")
        .put("gitTreeState", "clean")
        .put("buildDate", "2026-01-01T00:00:00Z")
        .put("goVersion", "go1.25.0")
        .put("compiler", "gc")
        .put("platform", "linux/amd64");
  }

  private static ObjectNode oldest() {
    ObjectNode node = Json.object().put("kind", "APIVersions");
    node.putArray("versions").add("v1");
    node.putArray("serverAddressByClientCIDRs");
    return node;
  }

  /** Versions by group. */
  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (Served<?> one : served) {
      Kind.Names names = one.kind().names();
      if (!names.group().isEmpty()) {
        versions.put(names.group(), names.version());
      }
    }
    versions.put("authorization.k8s.io", "v1");
    if (!metrics.isAbsent()) {
      versions.put(MetricsApi.GROUP, "v1beta1");
    }
    return versions;
  }

  private ObjectNode groups() {
    ObjectNode node = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = node.putArray("groups");
    versions().forEach((group, of) -> group(group, of, groups.addObject()));
    return node;
  }

  private static ObjectNode group(String group, String version, ObjectNode into) {
    into.put("name", group);
    String whole = group + "/" + version;
    into.putArray("versions").addObject().put("groupVersion", whole).put("version", version);
    into.putObject("preferredVersion").put("groupVersion", whole).put("version", version);
    return into;
  }

  private @Nullable ObjectNode below(String path) {
    if (path.equals("/api/v1")) {
      return resources("", "v1");
    }
    String[] parts = path.substring(1).split("/", -1);
    Map<String, String> versions = versions();
    if (!parts[0].equals("apis") || parts.length > 3 || !versions.containsKey(parts[1])) {
      return null;
    }
    String of = versions.getOrDefault(parts[1], "");
    if (parts.length == 2) {
      ObjectNode node = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
      return group(parts[1], of, node);
    }
    return parts[2].equals(of) ? resources(parts[1], of) : null;
  }

  private ObjectNode resources(String group, String of) {
    ObjectNode node = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    node.put("groupVersion", group.isEmpty() ? of : group + "/" + of);
    ArrayNode resources = node.putArray("resources");
    for (Served<?> one : served) {
      if (one.kind().names().group().equals(group)) {
        resource(one.kind().names(), resources);
      }
    }
    switch (group) {
      case "authorization.k8s.io" ->
          resource(
              resources,
              "selfsubjectaccessreviews",
              "selfsubjectaccessreview",
              false,
              "SelfSubjectAccessReview",
              List.of("create"));
      case MetricsApi.GROUP -> {
        resource(resources, "nodes", "", false, "NodeMetrics", List.of("get", "list"));
        resource(resources, "pods", "", true, "PodMetrics", List.of("get", "list"));
      }
      default -> {}
    }
    return node;
  }

  private static void resource(Kind.Names names, ArrayNode into) {
    ObjectNode node =
        resource(
            into,
            names.plural(),
            names.singular(),
            names.namespaced(),
            names.kind(),
            names.verbs());
    if (!names.shortNames().isEmpty()) {
      ArrayNode shorts = node.putArray("shortNames");
      names.shortNames().forEach(shorts::add);
    }
    if (List.of("pods", "deployments", "replicasets", "statefulsets", "daemonsets", "jobs")
        .contains(names.plural())) {
      node.putArray("categories").add("all");
    }
    switch (names.plural()) {
      case "pods" -> {
        resource(into, "pods/exec", "", true, "PodExecOptions", List.of("create", "get"));
        resource(into, "pods/log", "", true, "Pod", List.of("get"));
        resource(into, "pods/eviction", "", true, "Eviction", List.of("create"))
            .put("group", "policy")
            .put("version", "v1");
      }
      case "deployments" ->
          resource(into, "deployments/scale", "", true, "Scale", List.of("get", "patch", "update"))
              .put("group", "autoscaling")
              .put("version", "v1");
      default -> {}
    }
  }

  private static ObjectNode resource(
      ArrayNode into,
      String plural,
      String singular,
      boolean namespaced,
      String kind,
      List<String> verbs) {
    ObjectNode node =
        into.addObject()
            .put("name", plural)
            .put("singularName", singular)
            .put("namespaced", namespaced)
            .put("kind", kind);
    ArrayNode allowed = node.putArray("verbs");
    verbs.forEach(allowed::add);
    return node;
  }
}
