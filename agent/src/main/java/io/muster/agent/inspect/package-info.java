/** What people look at: recordings of a server's answers, the newest calls, names replaced. */
@NullMarked
package io.muster.agent.inspect;

import org.jspecify.annotations.NullMarked;
