/** What the cluster's database does: versions, ordered listing, history to watch and its end. */
@NullMarked
package io.muster.simulator.kubernetes.store;

import org.jspecify.annotations.NullMarked;
