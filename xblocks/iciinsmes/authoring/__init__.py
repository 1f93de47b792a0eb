"""What the XBlocks of all rooms share, for authors and for hosts: base of the blocks, OLX, problems, Studio."""
