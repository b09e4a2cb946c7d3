"""The steps of the chain, each a function of an Attempt that returns a Verdict."""
