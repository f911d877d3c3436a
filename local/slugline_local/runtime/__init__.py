"""The laptop runtime: MiniStack as a child process, the real template deployed to it, the site served on loopback."""
