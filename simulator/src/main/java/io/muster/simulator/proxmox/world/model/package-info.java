/** What exists in a simulated cluster and how it changes with time; knows nothing of requests. */
@NullMarked
package io.muster.simulator.proxmox.world.model;

import org.jspecify.annotations.NullMarked;
