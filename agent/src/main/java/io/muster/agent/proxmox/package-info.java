/**
 * The Proxmox VE driver. {@link io.muster.agent.proxmox.ProxmoxProvider} is its one door; fetching
 * ({@code ApiClient}, {@code Members}, {@code NodeRoutes}) and reading ({@code *Reader}) are
 * separate.
 */
@NullMarked
package io.muster.agent.proxmox;

import org.jspecify.annotations.NullMarked;
