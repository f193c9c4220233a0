package io.muster.agent.provider;

import org.jspecify.annotations.Nullable;

/**
 * What a look at a server saw that is not polled now.
 *
 * @param identity null = nothing tells it from others
 */
public record Look(
    ServerFacts facts,
    @Nullable Identity identity,
    int apiCalls,
    @Nullable Integer nodesOnline,
    @Nullable Integer nodesTotal) {
  /** Of a platform whose servers can't be told from each other. */
  public static final Look NOTHING = new Look(ServerFacts.UNKNOWN, null, 0, null, null);
}
