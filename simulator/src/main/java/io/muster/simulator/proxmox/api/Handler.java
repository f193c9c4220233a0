package io.muster.simulator.proxmox.api;

import org.jspecify.annotations.Nullable;

/**
 * What one method of the API does, once the HTTP layer has authenticated the caller, checked the
 * privilege that the schema names, found the node that must answer, and validated the parameters.
 */
@FunctionalInterface
public interface Handler {
  /**
   * Carries the call out.
   *
   * @return what goes under {@code data}: maps, lists, strings, numbers, null; or an {@link Answer}
   */
  @Nullable Object handle(Call call) throws ApiException;
}
