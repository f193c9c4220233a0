package io.muster.simulator.proxmox.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result with members beside {@code data}, such as {@code total}.
 *
 * @param siblings members of the envelope beside {@code data}
 */
public record Answer(@Nullable Object data, Map<String, Object> siblings) {}
