/** The methods of the API as data: parameters, privileges, where a call runs, and their checks. */
@NullMarked
package io.muster.simulator.proxmox.schema;

import org.jspecify.annotations.NullMarked;
