/** The WebSocket to the control API: inventory and commands in, status and results out. */
@NullMarked
package io.muster.agent.link;

import org.jspecify.annotations.NullMarked;
