/// One use case per workflow step, over the ports, and the Lambda handler.
@NullMarked
package io.rengo.lambdas;

import org.jspecify.annotations.NullMarked;
