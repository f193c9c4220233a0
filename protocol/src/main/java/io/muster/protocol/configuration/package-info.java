/** How wrong configuration is told, and how people write flags and quantities. */
@NullMarked
package io.muster.protocol.configuration;

import org.jspecify.annotations.NullMarked;
