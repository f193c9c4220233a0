/** Tests of the poll loop. */
@NullMarked
package io.muster.agent.poll;

import org.jspecify.annotations.NullMarked;
