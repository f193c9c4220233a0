/** The REST API: paths, lists, watches, patches, tables, discovery and errors. */
@NullMarked
package io.muster.simulator.kubernetes.api;

import org.jspecify.annotations.NullMarked;
