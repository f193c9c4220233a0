package io.muster.control.caller;

import java.util.List;
import java.util.UUID;

/** A server as far as it decides who sees it. */
public record TenantServer(UUID id, String name, UUID site, List<String> tags) {
  public TenantServer {
    tags = List.copyOf(tags);
  }
}
