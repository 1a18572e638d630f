/// The simulator: handlers, members and state machines in one JVM.
@NullMarked
package io.rengo.sim;

import org.jspecify.annotations.NullMarked;
