"""WebSub: who subscribed is asked whether that is so, and gets a feed whenever it changes."""
