/** The agent's own settings, and how wrong configuration is told. */
@NullMarked
package io.muster.agent.settings;

import org.jspecify.annotations.NullMarked;
