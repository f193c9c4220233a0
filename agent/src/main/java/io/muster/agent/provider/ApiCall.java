package io.muster.agent.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that the agent makes.
 *
 * @param path with what varies in braces, such as {@code /nodes/{node}/status}
 * @param purpose what the answer is for
 * @param privilege what it needs
 * @param period how often at most; null = in every poll
 */
public record ApiCall(
    String method, String path, String purpose, String privilege, @Nullable Duration period) {}
