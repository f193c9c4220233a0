/** What the agent tells about itself over HTTP: health, prometheus, state. */
@NullMarked
package io.muster.agent.management;

import org.jspecify.annotations.NullMarked;
