"""Everything that touches pixels. Runs only in the child process that `imaging.child` starts.

Standard library and pyvips only, so that the child is up in tens of milliseconds: jobs and results are plain JSON.
"""
