/**
 * What the agent asks of a platform: {@link io.muster.agent.provider.Provider}, its answer {@link
 * io.muster.agent.provider.Snapshot}, and how it fails.
 */
@NullMarked
package io.muster.agent.provider;

import org.jspecify.annotations.NullMarked;
