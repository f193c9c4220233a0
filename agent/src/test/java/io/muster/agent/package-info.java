/** Tests of the whole agent. */
@NullMarked
package io.muster.agent;

import org.jspecify.annotations.NullMarked;
