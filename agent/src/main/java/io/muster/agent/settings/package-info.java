/** The agent's own settings. */
@NullMarked
package io.muster.agent.settings;

import org.jspecify.annotations.NullMarked;
