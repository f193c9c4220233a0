/**
 * Nodes, pods and what owns them, as far as they are told apart: what is the same for all is added
 * where JSON is written.
 */
@NullMarked
package io.muster.simulator.kubernetes.model;

import org.jspecify.annotations.NullMarked;
