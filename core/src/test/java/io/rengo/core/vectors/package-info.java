/// One runner for each file of test vectors; see [Operation].
@NullMarked
package io.rengo.core.vectors;

import org.jspecify.annotations.NullMarked;
