"""Everything that touches pixels. Runs only in the child process that `decoder` starts.

Standard library and pyvips only, so that the child is up in tens of milliseconds: jobs and results are plain JSON.
"""

import os

# One libvips thread per pipeline: our own threads keep the cores busy with one encoder each. Here, as libvips reads it
# when pyvips is first imported.
os.environ.setdefault("VIPS_CONCURRENCY", "1")
