@NullMarked
package io.rengo.sim.attack;

import org.jspecify.annotations.NullMarked;
