package io.muster.agent.kubernetes;

import com.fasterxml.jackson.databind.ObjectReader;
import io.muster.agent.kubernetes.Shapes.ContainerUsage;
import io.muster.agent.kubernetes.Shapes.Meta;
import io.muster.agent.kubernetes.Shapes.UsageObject;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.MemorySource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code metrics.k8s.io}: what metrics-server measured last. */
final class MetricsApi {
  static final String NODES = "/apis/metrics.k8s.io/v1beta1/nodes";

  private static final ObjectReader READER = Json.reader(UsageObject.class);

  private final ApiClient client;
  private final String pods;

  MetricsApi(ApiClient client, Scope scope) {
    this.client = client;
    this.pods = scope.path("/apis/metrics.k8s.io/v1beta1", "pods");
  }

  List<Usage> nodes(Deadline deadline, CallCounter calls) throws CallException {
    return read(NODES, MetricsApi::node, deadline, calls);
  }

  List<Usage> pods(Deadline deadline, CallCounter calls) throws CallException {
    return read(pods, MetricsApi::pod, deadline, calls);
  }

  private List<Usage> read(
      String path,
      Function<UsageObject, @Nullable Usage> maker,
      Deadline deadline,
      CallCounter calls)
      throws CallException {
    List<Usage> all = new ArrayList<>();
    String next = null;
    do {
      String page =
          path
              + "?limit="
              + Feed.PAGE
              + (next == null
                  ? ""
                  : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
      next =
          client
              .get(
                  page,
                  reply ->
                      Json.<UsageObject>list(
                          reply.body(), READER, object -> add(all, maker.apply(object))),
                  deadline,
                  calls)
              .next();
    } while (next != null);
    return all;
  }

  private static void add(List<Usage> all, @Nullable Usage usage) {
    if (usage != null) {
      all.add(usage);
    }
  }

  /** Null = without a name or a time, which there can't be. */
  private static @Nullable Usage node(UsageObject object) {
    String name = object.metadata() == null ? null : object.metadata().name();
    Instant at = Json.time(object.timestamp());
    return name == null || at == null
        ? null
        : new Usage(
            name,
            at,
            Amounts.seconds(object.window()),
            Amounts.cores(object.usage()),
            Amounts.memoryBytes(object.usage()),
            MemorySource.METRICS_SERVER,
            Usage.NOTHING_MORE);
  }

  /** Its containers together. */
  private static @Nullable Usage pod(UsageObject object) {
    Meta meta = object.metadata();
    Instant at = Json.time(object.timestamp());
    if (meta == null || meta.name() == null || meta.namespace() == null || at == null) {
      return null;
    }
    Double cores = null;
    Long bytes = null;
    for (ContainerUsage container : Shapes.list(object.containers())) {
      Double cpu = Amounts.cores(container.usage());
      Long memory = Amounts.memoryBytes(container.usage());
      if (cpu == null || memory == null) {
        return null;
      }
      cores = cores == null ? cpu : Double.valueOf(cores + cpu);
      bytes = bytes == null ? memory : Long.valueOf(bytes + memory);
    }
    return new Usage(
        Ids.pod(meta.namespace(), meta.name()),
        at,
        Amounts.seconds(object.window()),
        cores,
        bytes,
        MemorySource.METRICS_SERVER,
        Usage.NOTHING_MORE);
  }
}
