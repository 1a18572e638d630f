@NullMarked
package io.rengo.sim;

import org.jspecify.annotations.NullMarked;
