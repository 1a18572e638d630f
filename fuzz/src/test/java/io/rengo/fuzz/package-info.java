/// Hostile input for everything that reads what others wrote.
@NullMarked
package io.rengo.fuzz;

import org.jspecify.annotations.NullMarked;
