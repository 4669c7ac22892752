/** The kubernetes backend on real API servers. */
package io.hcp.testbed.cluster;
