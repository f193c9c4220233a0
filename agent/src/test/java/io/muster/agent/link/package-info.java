@NullMarked
package io.muster.agent.link;

import org.jspecify.annotations.NullMarked;
