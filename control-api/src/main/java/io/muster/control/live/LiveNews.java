package io.muster.control.live;

import io.micronaut.runtime.event.annotation.EventListener;
import io.muster.control.link.AgentNews;
import io.muster.control.server.ServerEdited;
import io.muster.control.server.ServerStatusKept;
import io.muster.control.server.VmStatusTold;
import io.muster.protocol.Failure;
import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.ServerStatusChange.Connection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tells apart what is new of what agents tell: they repeat themselves, to be sure. */
@Singleton
class LiveNews {
  /** What an agent sends again is of the last half minute. */
  private static final int MAX_REMEMBERED = 5_000;

  private final LiveEvents events;
  private final Map<UUID, Look> servers = new ConcurrentHashMap<>();
  private final Map<Vm, Seen> vms = remembering();
  private final Map<UUID, String> refused = remembering();

  /** What a reader would see the difference of. */
  private record Look(
      UUID site,
      Connection connection,
      @Nullable Failure failure,
      @Nullable Integer nodeCount,
      @Nullable String version) {}

  private record Vm(UUID server, String id) {}

  private record Seen(String status, Instant at) {}

  LiveNews(LiveEvents events) {
    this.events = events;
  }

  @EventListener
  void heard(ServerStatusKept kept) {
    ServerStatusChange change = kept.change();
    Look look =
        new Look(
            kept.server().site(),
            change.connection(),
            change.failure(),
            change.nodeCount(),
            change.version());
    Look last = servers.put(kept.server().id(), look);
    if (!look.equals(last) || !change.connection().label().equals(kept.before())) {
      events.publish(new LiveEvent.OfServer(kept.server(), change));
    }
  }

  @EventListener
  void heard(ServerEdited edit) {
    if (edit.isRemoval()) {
      servers.remove(edit.server().id());
    }
    events.publish(new LiveEvent.OfEdit(edit));
  }

  @EventListener
  void heard(VmStatusTold told) {
    Seen seen = new Seen(told.change().status(), told.change().at());
    Vm vm = new Vm(told.server().id(), told.change().vm());
    if (isNew(vms, vm, seen)) {
      events.publish(new LiveEvent.OfVm(told.server(), told.change()));
    }
  }

  @EventListener
  void heard(AgentNews news) {
    boolean isNew =
        switch (news.state()) {
          case REFUSED -> isNew(refused, news.agent(), String.valueOf(news.reason()));
          case CONNECTED -> {
            // While it was away its servers were unknown: each is news when it is told again.
            servers.values().removeIf(look -> look.site().equals(news.site()));
            yield true;
          }
          case LOST -> true;
        };
    if (isNew) {
      events.publish(new LiveEvent.OfAgent(news));
    }
  }

  private static <K, V> boolean isNew(Map<K, V> remembered, K key, V value) {
    synchronized (remembered) {
      // Taken out first, so that the one that was told longest ago is the one to go.
      V last = remembered.remove(key);
      remembered.put(key, value);
      return !value.equals(last);
    }
  }

  private static <K, V> Map<K, V> remembering() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MAX_REMEMBERED;
      }
    };
  }
}
