/// DeepLearning4J networks.
@NullMarked
package io.rengo.trainer.dl4j;

import org.jspecify.annotations.NullMarked;
