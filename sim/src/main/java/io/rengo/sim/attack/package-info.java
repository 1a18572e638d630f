/// Members of a simulation that attack it, to find out what a job's rule withstands.
@NullMarked
package io.rengo.sim.attack;

import org.jspecify.annotations.NullMarked;
