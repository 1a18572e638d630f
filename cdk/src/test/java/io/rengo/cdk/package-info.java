/// The templates, as they are synthesised.
@NullMarked
package io.rengo.cdk;

import org.jspecify.annotations.NullMarked;
