package io.muster.agent.proxmox;

import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Exchange;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Proxies;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One call that a person asked for. */
final class ManualRead {
  /** Nothing that could leave the API, or end the request's line. */
  private static final Pattern PATH =
      Pattern.compile("(/[A-Za-z0-9._~%!$'()*+,;=:@-]+)*/?(\\?[A-Za-z0-9._~%!$'()*+,;=:@/?&-]*)?");

  private final ProxmoxServer server;
  private final Tls tls;
  private final Proxies proxies;

  ManualRead(ProxmoxServer server, Tls tls, Proxies proxies) {
    this.server = server;
    this.tls = tls;
    this.proxies = proxies;
  }

  Exchange read(String path, @Nullable URI member, Deadline deadline) throws ProviderException {
    String below = below(path);
    Endpoint at = endpoint(member);
    AtomicReference<@Nullable Exchange> seen = new AtomicReference<>();
    CallCounter calls = new CallCounter();
    try (ApiClient client = new ApiClient(server.token(), tls, proxies, keepIn(seen))) {
      client.get(at, below, reply -> reply.body().readAllBytes(), deadline, calls);
    } catch (CallException e) {
      Exchange answer = seen.get();
      if (answer == null || answer.status() == 0) {
        throw new ProviderException(
            e.failure(),
            "Cannot ask " + server.entry().name() + ": " + e.reason(),
            calls.total(),
            e);
      }
    }
    Exchange answer = seen.get();
    if (answer == null) {
      throw new ProviderException(
          Failure.BUG, "The call to " + server.entry().name() + " was not seen", 1, null);
    }
    return answer;
  }

  private static CallListener keepIn(AtomicReference<@Nullable Exchange> seen) {
    return new CallListener() {
      @Override
      public int bodyLimit() {
        return (int) ApiClient.MAX_BODY_BYTES;
      }

      @Override
      public void called(Exchange exchange) {
        seen.set(exchange);
      }
    };
  }

  private static String below(String path) {
    String below =
        path.startsWith(ApiClient.ROOT + "/") ? path.substring(ApiClient.ROOT.length()) : path;
    if (!below.startsWith("/") || !PATH.matcher(below).matches() || below.contains("/..")) {
      throw new IllegalArgumentException(
          "'"
              + Json.shorten(path)
              + "' is no path of the Proxmox API, such as /cluster/resources?type=vm; what a URL"
              + " may not hold is written as %20 and so on");
    }
    return below;
  }

  /** Only where the inventory says that the server is: nobody else gets the token. */
  private Endpoint endpoint(@Nullable URI member) {
    List<Endpoint> configured = new ArrayList<>();
    server.urls().forEach(url -> configured.add(Endpoint.of(url)));
    server.nodeAddresses().values().forEach(url -> configured.add(Endpoint.of(url)));
    if (member == null) {
      return configured.getFirst();
    }
    Endpoint asked = member.getHost() == null ? null : Endpoint.of(member);
    if (asked == null || !configured.contains(asked)) {
      throw new IllegalArgumentException(
          "'%s' is no configured address of %s; there are: %s"
              .formatted(
                  member,
                  server.entry().name(),
                  String.join(", ", configured.stream().map(Endpoint::toString).toList())));
    }
    return asked;
  }
}
