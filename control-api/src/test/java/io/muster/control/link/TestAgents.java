package io.muster.control.link;

import io.micronaut.context.annotation.Primary;
import io.muster.protocol.Server;
import io.muster.protocol.link.CheckAnswer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Agents of tests that are not about the link. */
@Singleton
@Primary
public final class TestAgents implements Agents {
  private final Map<UUID, Function<Server, CompletableFuture<CheckAnswer>>> connected =
      new ConcurrentHashMap<>();
  private final Map<UUID, List<Long>> told = new ConcurrentHashMap<>();

  /** Has a site's agent answer checks in this way. */
  public void connect(UUID site, Function<Server, CompletableFuture<CheckAnswer>> check) {
    connected.put(site, check);
  }

  /** The revisions that a site's agent was told of. */
  public List<Long> told(UUID site) {
    return told.getOrDefault(site, List.of());
  }

  @Override
  public boolean connected(UUID site) {
    return connected.containsKey(site);
  }

  @Override
  public CompletionStage<CheckAnswer> check(UUID site, Server server, Duration deadline) {
    return Objects.requireNonNull(connected.get(site)).apply(server);
  }

  @Override
  public void inventoryChanged(UUID site, long revision) {
    told.merge(
        site,
        List.of(revision),
        (old, more) -> {
          List<Long> all = new ArrayList<>(old);
          all.addAll(more);
          return List.copyOf(all);
        });
  }

  @Override
  public List<ConnectedAgent> list() {
    return List.of();
  }
}
