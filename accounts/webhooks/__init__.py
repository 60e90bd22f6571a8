"""What other systems are told of official changes, at addresses that a province registers."""
