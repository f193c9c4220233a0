package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many there are of everything the caller sees, by how they are; {@code total} is all of them.
 *
 * @param servers by connection status
 * @param agents those of the sites that the servers are at: {@code connected}, {@code lost}
 * @param nodes by status; null = QuestDB can't be read now
 * @param vms by status; null = QuestDB can't be read now
 * @param error why something is missing; null = nothing is
 */
@Serdeable
record StatusView(
    @Schema(example = "{\"total\": 3, \"online\": 2, \"offline\": 1}") Map<String, Long> servers,
    @Schema(example = "{\"total\": 1, \"connected\": 1, \"lost\": 0}") Map<String, Long> agents,
    @Schema(example = "{\"total\": 9, \"online\": 8, \"offline\": 1}")
        @Nullable Map<String, Long> nodes,
    @Schema(example = "{\"total\": 40, \"running\": 36, \"stopped\": 4}")
        @Nullable Map<String, Long> vms,
    @Nullable String error) {
  StatusView {
    servers = ordered(servers);
    agents = ordered(agents);
    nodes = nodes == null ? null : ordered(nodes);
    vms = vms == null ? null : ordered(vms);
  }

  private static Map<String, Long> ordered(Map<String, Long> counts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
