/** What every driver must keep, whatever its platform. */
@NullMarked
package io.muster.agent.provider;

import org.jspecify.annotations.NullMarked;
