@NullMarked
package io.muster.agent.kubernetes;

import org.jspecify.annotations.NullMarked;
