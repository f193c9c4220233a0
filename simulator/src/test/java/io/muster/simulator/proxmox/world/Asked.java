package io.muster.simulator.proxmox.world;

import io.muster.simulator.proxmox.api.Answer;
import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.api.Caller;
import io.muster.simulator.proxmox.api.Handler;
import io.muster.simulator.proxmox.world.model.NodeSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A world and a clock that only a test moves, asked as the HTTP layer would. */
final class Asked {
  static final long START = Instant.parse("2026-03-04T12:00:00Z").toEpochMilli();

  private final ProxmoxWorld world;

  Asked(ProxmoxWorld world) {
    this.world = world;
  }

  ProxmoxWorld world() {
    return world;
  }

  /** A clock for tests. */
  static final class Clock implements InstantSource {
    private final AtomicLong ms = new AtomicLong(START);

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(ms.get());
    }

    void passSeconds(long seconds) {
      passMillis(seconds * 1000);
    }

    void passMillis(long millis) {
      ms.addAndGet(millis);
    }
  }

  static List<NodeSettings> nodes(int number) {
    return IntStream.rangeClosed(1, number)
        .mapToObj(i -> new NodeSettings("pve" + i, "192.0.2." + (10 + i % 200), () -> "AA:0" + i))
        .toList();
  }

  /** Any caller may everything, but nothing on the denied paths. */
  private record Who(@Nullable String token, Set<String> denied) implements Caller {
    @Override
    public String user() {
      return "ops@pve";
    }

    @Override
    public String identity() {
      return token == null ? user() : user() + "!" + token;
    }

    @Override
    public boolean may(String path, String... anyOf) {
      return !denied.contains(path) && Arrays.stream(anyOf).noneMatch(denied::contains);
    }

    @Override
    public Map<String, Map<String, Integer>> permissions(@Nullable String path) {
      return Map.of();
    }
  }

  /** A request with parameters in the form {@code key=value}. */
  private record Request(Caller caller, String entryNode, Map<String, String> parameters)
      implements Call {
    @Override
    public boolean has(String parameter) {
      return parameters.containsKey(parameter);
    }

    @Override
    public @Nullable String text(String parameter) {
      return parameters.get(parameter);
    }

    @Override
    public String required(String parameter) {
      return Objects.requireNonNull(parameters.get(parameter), parameter);
    }

    @Override
    public int number(String parameter, int otherwise) {
      return (int) longNumber(parameter, otherwise);
    }

    @Override
    public long longNumber(String parameter, long otherwise) {
      return has(parameter) ? Long.parseLong(required(parameter)) : otherwise;
    }

    @Override
    public boolean flag(String parameter, boolean otherwise) {
      return has(parameter) ? required(parameter).equals("1") : otherwise;
    }

    @Override
    public List<String> all(String parameter) {
      return has(parameter) ? List.of(required(parameter)) : List.of();
    }
  }

  @Nullable Object call(String method, String path, String... parameters) throws ApiException {
    return callAs(new Who(null, Set.of()), method, path, parameters);
  }

  @Nullable Object callWithout(Set<String> denied, String method, String path) throws ApiException {
    return callAs(new Who("agent", denied), method, path);
  }

  private @Nullable Object callAs(Who who, String method, String path, String... parameters)
      throws ApiException {
    Map<String, String> values = new HashMap<>();
    for (String parameter : parameters) {
      String[] parts = parameter.split("=", 2);
      values.put(parts[0], parts[1]);
    }
    for (Map.Entry<String, Handler> route : world.handlers().entrySet()) {
      String template = route.getKey();
      Pattern pattern = Pattern.compile(template.replaceAll("\\{(\\w+)}", "(?<$1>[^/]+)"));
      Matcher matcher = pattern.matcher(method + " " + path);
      if (matcher.matches()) {
        matcher.namedGroups().keySet().forEach(name -> values.put(name, matcher.group(name)));
        String entry = values.getOrDefault("entry", "pve1");
        return route.getValue().handle(new Request(who, entry, values));
      }
    }
    throw ApiException.of(501, "Method '" + method + " " + path + "' not implemented");
  }

  @SuppressWarnings("unchecked")
  List<Map<String, Object>> rows(String path, String... parameters) throws ApiException {
    Object data = call("GET", path, parameters);
    return (List<Map<String, Object>>)
        Objects.requireNonNull(data instanceof Answer answer ? answer.data() : data);
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> object(String path, String... parameters) throws ApiException {
    return (Map<String, Object>) Objects.requireNonNull(call("GET", path, parameters));
  }

  /** The row of {@code /cluster/resources} with the id. */
  Map<String, Object> resource(String id) throws ApiException {
    return rows("/cluster/resources").stream()
        .filter(row -> id.equals(row.get("id")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row " + id));
  }

  @SuppressWarnings("unchecked")
  List<Map<String, Object>> export(String... parameters) throws ApiException {
    return (List<Map<String, Object>>)
        Objects.requireNonNull(object("/cluster/metrics/export", parameters).get("data"));
  }

  /** Starts a task and answers its name. */
  String begin(String method, String path, String... parameters) throws ApiException {
    return (String) Objects.requireNonNull(call(method, path, parameters));
  }

  Map<String, Object> task(String upid) throws ApiException {
    return object("/nodes/" + upid.split(":", 3)[1] + "/tasks/" + upid + "/status");
  }

  static long number(Map<String, Object> row, String key) {
    return ((Number) Objects.requireNonNull(row.get(key), key)).longValue();
  }

  static double decimal(Map<String, Object> row, String key) {
    return ((Number) Objects.requireNonNull(row.get(key), key)).doubleValue();
  }
}
