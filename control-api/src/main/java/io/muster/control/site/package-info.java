/** Tenants, their sites, and the tokens of sites' agents. */
@NullMarked
package io.muster.control.site;

import org.jspecify.annotations.NullMarked;
