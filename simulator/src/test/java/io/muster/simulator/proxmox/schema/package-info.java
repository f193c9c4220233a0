/** Tests of the description of the API. */
@NullMarked
package io.muster.simulator.proxmox.schema;

import org.jspecify.annotations.NullMarked;
