/** Where servers come from: configuration file, environment, the link. */
@NullMarked
package io.muster.agent.inventory;

import org.jspecify.annotations.NullMarked;
