/** Tests of the management pages. */
@NullMarked
package io.muster.agent.management;

import org.jspecify.annotations.NullMarked;
