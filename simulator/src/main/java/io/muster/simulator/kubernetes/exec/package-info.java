/** Commands in containers: real processes of this machine, in a folder of their own. */
@NullMarked
package io.muster.simulator.kubernetes.exec;

import org.jspecify.annotations.NullMarked;
