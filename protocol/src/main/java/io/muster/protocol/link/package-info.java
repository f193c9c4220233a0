/** What agent and control API say to each other over the link. */
@NullMarked
package io.muster.protocol.link;

import org.jspecify.annotations.NullMarked;
