package io.muster.agent.inspect;

import io.muster.agent.provider.ApiReference;
import io.muster.protocol.ProviderKind;
import java.util.Map;

/** What this version asks of each platform that it has a driver for. */
public record ApiReferences(Map<ProviderKind, ApiReference> byKind) {
  public ApiReferences {
    byKind = Map.copyOf(byKind);
  }
}
