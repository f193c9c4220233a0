/** How servers do: asked now, through their sites' agents, and counted by platform. */
@NullMarked
package io.muster.control.health;

import org.jspecify.annotations.NullMarked;
