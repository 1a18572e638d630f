/// What each step does, done once, twice, at the same time and after a death in the middle.
@NullMarked
package io.rengo.lambdas;

import org.jspecify.annotations.NullMarked;
