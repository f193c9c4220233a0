/** What VMs are, and what may be done to them. */
@NullMarked
package io.muster.control.vm;

import org.jspecify.annotations.NullMarked;
