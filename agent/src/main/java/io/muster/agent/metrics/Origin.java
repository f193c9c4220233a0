package io.muster.agent.metrics;

import io.muster.protocol.ProviderKind;
import io.muster.protocol.ServerId;

/** The identity columns of every row of a server. */
public record Origin(String site, ProviderKind provider, ServerId serverId, String serverName) {}
