"""The sandbox on the network: the only asynchronous code besides the ways to the app."""
