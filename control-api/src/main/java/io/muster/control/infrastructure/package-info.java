/** What there is now: clusters, nodes, VMs, and how many of each. */
@NullMarked
package io.muster.control.infrastructure;

import org.jspecify.annotations.NullMarked;
