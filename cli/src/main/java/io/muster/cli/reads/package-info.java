/** What the control API reads: VMs, nodes, counts, history. */
@NullMarked
package io.muster.cli.reads;

import org.jspecify.annotations.NullMarked;
