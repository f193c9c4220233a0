package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.http.Answer;
import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Handler;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.access.Account;
import io.muster.simulator.kubernetes.access.Accounts;
import io.muster.simulator.kubernetes.access.Deed;
import io.muster.simulator.kubernetes.exec.Containers;
import io.muster.simulator.kubernetes.faults.KubernetesFault;
import io.muster.simulator.kubernetes.model.Deployment;
import io.muster.simulator.kubernetes.model.KubeObject;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.store.Store;
import io.muster.simulator.kubernetes.store.Stores;
import io.muster.simulator.kubernetes.world.KubernetesWorld;
import io.muster.simulator.kubernetes.world.Usage;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API server: who asks, whether that is allowed, and what is answered, in this order. */
public final class ApiServer implements Handler {
  private final Stores stores;
  private final Accounts accounts;
  private final List<Served<?>> served;
  private final Served<Pod> pods;
  private final Served<Deployment> deployments;
  private final MetricsApi metrics;
  private final Discovery discovery;
  private final AccessReviews reviews;
  private final Lists lists;
  private final Watches watches;
  private final Writes writes;
  private final Exec exec;
  private final Statistics statistics = new Statistics();

  /**
   * @param bookmarks how often a watch is told how far things are
   */
  public ApiServer(
      KubernetesWorld world,
      Accounts accounts,
      Usage usage,
      String version,
      InstantSource clock,
      Duration bookmarks,
      Containers containers) {
    this.stores = world.stores();
    this.writes = new Writes(world);
    this.exec = new Exec(containers);
    this.accounts = accounts;
    this.served = Catalog.of(stores, version);
    this.pods = new Served<>(new PodKind(stores.nodes()), stores.pods());
    this.deployments = new Served<>(new DeploymentKind(), stores.deployments());
    this.metrics = new MetricsApi(stores, version, usage);
    this.discovery = new Discovery(version, served, metrics);
    this.reviews = new AccessReviews(accounts);
    this.lists = new Lists(clock);
    this.watches = new Watches(clock, bookmarks);
  }

  @Override
  public void handle(Request request, Exchange exchange) throws IOException, InterruptedException {
    ResourcePath path = ResourcePath.parse(request.path());
    statistics.count(request, path);
    try {
      Account account = accounts.of(request.bearer());
      if (account == null) {
        throw ApiError.unauthorized();
      }
      if (path == null) {
        exchange.answer(unnamed(account, request));
      } else {
        authorize(account, path.deed(request));
        dispatch(account, request, path, exchange);
      }
    } catch (ApiError e) {
      exchange.answer(e.answer());
    }
  }

  private Answer unnamed(Account account, Request request) throws ApiError {
    String path = request.path();
    if (path.matches("/(healthz|livez|readyz)(/.*)?")) {
      return Answer.text(200, "ok");
    }
    if (account.user().equals("system:anonymous") && !path.equals("/version")) {
      throw ApiError.about(
          403,
          "Forbidden",
          "forbidden: User \"%s\" cannot get path \"%s\"".formatted(account.user(), path),
          "",
          "",
          "");
    }
    ObjectNode told = discovery.answer(path);
    return told == null
        ? Answer.text(404, "404 page not found\n")
        : Answer.json(200, Json.text(told));
  }

  private void authorize(Account account, Deed deed) throws ApiError {
    if (!accounts.may(account, deed)) {
      throw ApiError.about(
          403,
          "Forbidden",
          deed.refusal(account.user()),
          deed.group(),
          deed.resource(),
          deed.name());
    }
  }

  private void dispatch(Account account, Request request, ResourcePath path, Exchange exchange)
      throws ApiError, IOException, InterruptedException {
    switch (path.group()) {
      case MetricsApi.GROUP -> metrics.answer(request, path, exchange);
      case "authorization.k8s.io" -> exchange.answer(reviews.answer(account, request));
      default -> {
        Served<?> found = find(path);
        if (found == null) {
          throw ApiError.noSuchPath();
        }
        if (path.subresource().equals("exec") && path.plural().equals("pods")) {
          // The upgrade is a GET, and since 1.35 it has to be allowed as a creation too.
          authorize(account, path.deed("create"));
          exec.answer(pods, request, path, exchange);
        } else if (path.subresource().equals("scale") && path.plural().equals("deployments")) {
          exchange.answer(writes.scale(deployments, request, path));
        } else if (request.method().equals("GET")) {
          read(found, request, path, exchange);
        } else {
          exchange.answer(writes.answer(found, request, path));
        }
      }
    }
  }

  private @Nullable Served<?> find(ResourcePath path) {
    for (Served<?> one : served) {
      Kind.Names names = one.kind().names();
      if (names.group().equals(path.group())
          && names.version().equals(path.version())
          && names.plural().equals(path.plural())) {
        return one;
      }
    }
    return null;
  }

  private <T extends KubeObject<T>> void read(
      Served<T> found, Request request, ResourcePath path, Exchange exchange)
      throws ApiError, IOException, InterruptedException {
    if (!path.subresource().isEmpty() && !path.subresource().equals("status")) {
      throw ApiError.noSuchPath();
    }
    if (request.flag("watch")) {
      new WatchRun<>(found, request, path, watches, stores.revisions()).run(exchange);
    } else if (path.name().isEmpty()) {
      lists.answer(found, request, path, exchange);
    } else {
      T object = found.get(path);
      ObjectNode shown =
          Tables.wanted(request)
              ? Tables.of(
                  found.kind(),
                  List.of(object),
                  String.valueOf(object.meta().version()),
                  true,
                  watches.clock().instant())
              : found.kind().whole(object);
      exchange.answer(Answer.json(200, Json.text(shown)));
    }
  }

  /** Calls by path, and the watches that are open. */
  public Map<String, Object> statistics() {
    return Map.of("calls", statistics.calls(), "watches", watches.counts());
  }

  /** Lets metrics-server fail in some way, or work again with null. */
  public void metricsFail(KubernetesFault.Metrics.@Nullable Failure how) {
    metrics.fail(how);
  }

  /**
   * Cuts watches that are open.
   *
   * @param path of which, or null for all
   * @param silently the connections stay, and nothing comes any more
   */
  public void cutWatches(@Nullable Pattern path, boolean silently) {
    watches.cut(path, silently);
  }

  /** Forgets what happened so far: older versions and pages can't be gone on from. */
  public void compact() {
    lists.expire();
    stores.all().forEach(Store::compact);
  }
}
