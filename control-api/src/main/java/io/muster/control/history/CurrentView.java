package io.muster.control.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest numbers of one thing.
 *
 * @param labels what they are of: {@code node}, {@code vm}, {@code storage} …; none = the server
 * @param time when they were measured; null = there are none
 * @param values by column; null = not known
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record CurrentView(
    UUID serverId,
    @Schema(example = "pve-lab") String serverName,
    @Schema(example = "{\"node\": \"pve-1\"}") Map<String, String> labels,
    @Nullable Instant time,
    @Schema(example = "7") @Nullable Long ageSeconds,
    @Schema(example = "{\"cpu_usage_ratio\": 0.21}") Map<String, @Nullable Double> values) {
  CurrentView {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
