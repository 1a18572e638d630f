/// The ports on AWS against LocalStack, and what other modules' tests need to reach it.
@NullMarked
package io.rengo.aws;

import org.jspecify.annotations.NullMarked;
