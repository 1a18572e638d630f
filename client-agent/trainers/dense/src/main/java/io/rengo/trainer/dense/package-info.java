/// Linear models and multilayer perceptrons on plain arrays of the JDK.
@NullMarked
package io.rengo.trainer.dense;

import org.jspecify.annotations.NullMarked;
