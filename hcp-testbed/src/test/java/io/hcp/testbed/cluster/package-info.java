/** Proofs of what the library has in the under cluster, on a real API server. */
package io.hcp.testbed.cluster;
