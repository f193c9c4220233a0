/** The control API's end of the link: which agent is there, what it is told, what it tells. */
@NullMarked
package io.muster.control.link;

import org.jspecify.annotations.NullMarked;
