/// A federation as AWS CloudFormation stacks, one for each lifetime.
@NullMarked
package io.rengo.cdk;

import org.jspecify.annotations.NullMarked;
